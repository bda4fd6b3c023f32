import { both } from '../i18n'
import type { Feeds, Me, Patient, PatientResults, Text } from './types'

/** A refusal or fault, with the texts of the hub's OperationOutcome. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly text: Text,
  ) {
    super(text.en)
  }
}

/** Quarkus answers 499 where a page would have been sent to the login form. */
const SESSION_OVER = 499

interface OperationOutcome {
  resourceType: 'OperationOutcome'
  issue: { details?: { text?: string }; diagnostics?: string }[]
}

async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  let response: Response
  try {
    response = await fetch(`/console/api/${path}`, {
      // The hub takes no call without this header: another site's page cannot set it.
      headers: { Accept: 'application/json', 'X-Requested-With': 'JavaScript' },
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal,
    })
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new ApiError(0, both('error.unreachable'))
  }
  if (response.status === SESSION_OVER) {
    window.location.reload()
    return new Promise<T>(() => {})
  }
  if (!response.ok) throw await errorOf(response)
  return (await response.json()) as T
}

async function errorOf(response: Response): Promise<ApiError> {
  try {
    const outcome = (await response.json()) as OperationOutcome
    const issue = outcome.issue[0]
    const zh = issue?.details?.text
    const en = issue?.diagnostics
    if (zh && en) return new ApiError(response.status, { zh, en })
  } catch {
    // not from the hub itself: a proxy's page
  }
  return new ApiError(response.status, both('error.unexpected'))
}

export const api = {
  me: () => get<Me>('me'),
  feeds: (signal?: AbortSignal) => get<Feeds>('feeds', signal),
  patientsByNumber: (number: string, signal?: AbortSignal) =>
    get<{ patients: Patient[] }>(`patients?number=${encodeURIComponent(number)}`, signal),
  patientsByResidentId: (residentId: string, signal?: AbortSignal) =>
    get<{ patients: Patient[] }>(`patients?residentId=${encodeURIComponent(residentId)}`, signal),
  results: (patientId: string, signal?: AbortSignal) =>
    get<PatientResults>(`patients/${encodeURIComponent(patientId)}/results`, signal),
}

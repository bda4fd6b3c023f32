import { onScopeDispose, ref, shallowRef } from 'vue'
import { ApiError } from '../api/client'

/**
 * One answer of the API with its loading and error states. A new run aborts the one before, so that
 * a late answer never replaces a newer one.
 */
export function useQuery<Arguments extends unknown[], Answer>(
  ask: (signal: AbortSignal, ...args: Arguments) => Promise<Answer>,
) {
  const data = shallowRef<Answer>()
  const error = shallowRef<ApiError>()
  const loading = ref(false)
  let running: AbortController | undefined

  async function run(...args: Arguments): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    loading.value = true
    try {
      const answer = await ask(mine.signal, ...args)
      if (running !== mine) return
      data.value = answer
      error.value = undefined
    } catch (cause) {
      if (running !== mine) return
      if (!(cause instanceof ApiError)) throw cause
      error.value = cause
    } finally {
      if (running === mine) loading.value = false
    }
  }

  function clear() {
    running?.abort()
    running = undefined
    data.value = undefined
    error.value = undefined
    loading.value = false
  }

  onScopeDispose(clear)
  return { data, error, loading, run, clear }
}

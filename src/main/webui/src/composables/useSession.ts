import { computed, ref } from 'vue'
import { ApiError, api } from '../api/client'
import type { Me } from '../api/types'

const me = ref<Me>()
const failure = ref<ApiError>()

/** Who is signed in; asked for once. The session itself is a cookie that scripts cannot read. */
export function useSession() {
  async function load() {
    failure.value = undefined
    try {
      me.value = await api.me()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      failure.value = error
    }
  }
  return { me: computed(() => me.value), failure: computed(() => failure.value), load }
}

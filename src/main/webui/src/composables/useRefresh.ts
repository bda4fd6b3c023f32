import { onScopeDispose } from 'vue'

/**
 * Calls {@code refresh} now, then again after the pause it returns (seconds). Rests while the page
 * is hidden and catches up when it is shown.
 */
export function useRefresh(refresh: () => Promise<number>) {
  let timer: number | undefined
  let over = false

  async function turn() {
    window.clearTimeout(timer)
    const pause = await refresh()
    if (over) return
    window.clearTimeout(timer)
    timer = window.setTimeout(turnIfShown, pause * 1000)
  }

  function turnIfShown() {
    if (!document.hidden) void turn()
  }

  document.addEventListener('visibilitychange', turnIfShown)
  onScopeDispose(() => {
    over = true
    window.clearTimeout(timer)
    document.removeEventListener('visibilitychange', turnIfShown)
  })
  void turn()
  return { refreshNow: turn }
}

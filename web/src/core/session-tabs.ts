/** What the pages of one browser tell each other: they share one cookie, so who is in, and until when. */

export interface SessionNews {
  /** Nobody: signed out. */
  account: string | undefined
  /** Known end of the session. */
  end: number
}

/** Often enough for a session that is counted in minutes. */
const EVERY_MS = 5_000

export function openSessionTabs(hear: (news: SessionNews) => void) {
  const line = typeof BroadcastChannel === 'function' ? new BroadcastChannel('tongban.session') : undefined
  let told: SessionNews | undefined
  line?.addEventListener('message', (event: MessageEvent<SessionNews>) => hear(event.data))
  return {
    tell(news: SessionNews) {
      if (told && told.account === news.account && news.end - told.end < EVERY_MS) return
      told = news
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches its own origin only
      line?.postMessage(news)
    },
    close: () => line?.close(),
  }
}

/** What staff do with a case on the desk. */
import { press, signIn } from './city.mjs'
import { button } from './registration.mjs'
import { say } from './texts.mjs'

/** Signs in at the desk and waits for the to-do list. */
export async function toDesk(page, account) {
  await page.goto('/desk/')
  await signIn(page, account)
  await page.getByRole('heading', { name: say('case', 'todo'), level: 1 }).waitFor()
}

/** Opens a case from the to-do list, however long that is; it has to arrive there by itself. */
export async function openCase(page, number) {
  await page.goto(`/desk/todo?q=${number}`)
  await press(page.getByRole('link', { name: number }))
  await page.getByRole('button', { name: number }).waitFor()
}

/** Marks one field or material as to be corrected, with the reason. */
export async function mark(page, tab, what, note) {
  await press(page.getByRole('tab', { name: say('case', `tab.${tab}`) }))
  const pair = page.getByRole('group', { name: say('case', 'mark.legend', { what }), exact: true })
  await press(pair.getByRole('button', { name: say('case', 'mark.fix'), exact: true }))
  await page.getByLabel(say('case', 'mark.note_for', { what }), { exact: true }).fill(note)
}

/** Presses an action, answers its question and waits until it is reported done. */
export async function act(page, action, opinion) {
  const name = say('case', `action.${action}`)
  if (opinion) await page.getByLabel(say('case', 'decision.title')).fill(opinion)
  // The primary action carries its key beside its name.
  await press(page.getByRole('main').getByRole('button', { name: new RegExp(`^${name}( Ctrl\\+Enter)?$`) }))
  const dialog = page.getByRole('dialog')
  await press(button(dialog, name))
  await dialog.waitFor({ state: 'hidden' })
  await page.getByRole('status').filter({ hasText: `“${name}”已办理` }).waitFor()
}

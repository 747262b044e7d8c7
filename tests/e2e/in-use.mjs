/** Pages in a state that a press brings about: opened layers, error summaries, drafts of notices. */
import { press, settled } from './city.mjs'
import { button } from './registration.mjs'
import { say } from './texts.mjs'

const markedToFix = async (page) => {
  const pair = page.getByRole('group', { name: /审查结论$/ }).last()
  await press(pair.getByRole('button', { name: say('case', 'mark.fix'), exact: true }))
  await press(page.locator('.phrase').first())
  await page.getByRole('heading', { name: say('case', 'notice.title') }).or(page.getByLabel(say('case', 'notice.title'))).first().waitFor()
}

export const IN_USE = [
  {
    name: 'portal access settings', route: 'portal home', at: 0,
    act: async (page) => {
      await press(button(page, say('shell', 'access')))
      await page.getByRole('dialog', { name: say('shell', 'access_title') }).waitFor()
    },
  },
  {
    name: 'portal check with errors', route: 'portal fill', at: 6,
    act: async (page) => {
      await press(button(page, say('wizard', 'check.submit')))
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'portal form with errors', route: 'portal fill', at: 7,
    act: async (page) => {
      await press(button(page, say('form', 'next')))
      await page.getByRole('alert').waitFor()
    },
  },
  { name: 'desk notice', route: 'desk case', at: 0, act: markedToFix },
  {
    name: 'desk command', route: 'desk case', at: 0,
    act: async (page) => {
      await markedToFix(page)
      await page.keyboard.press('Control+Enter')
      await page.getByRole('dialog', { name: say('case', 'action.request_correction') }).waitFor()
    },
  },
]

/** Goes there and does it. */
export async function use(page, paths, act) {
  await page.goto(paths)
  await settled(page)
  await act(page)
}

/** What days do to a case: a city of its own whose clock is put forward while an expert review lasts. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import path from 'node:path'
import { after, test } from 'node:test'

const DAYS = 10
const HOURS_OF_SHANGHAI = 8
const PORT = await freePort()
// The city under test is this one; what the helpers import asks for its address at once.
process.env.TONGBAN_URL = `http://127.0.0.1:${PORT}`
const { shot, signIn, until, visit, settled, press } = await import('./city.mjs')
const { FARM, handle, submittedFarm } = await import('./scenes.mjs')
const { button } = await import('./registration.mjs')
const { say } = await import('./texts.mjs')

let server
after(stop)

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

/** Opens the city so many days from now. */
async function start(daysAhead) {
  const data = path.join(process.env.TONGBAN_DATA, '..', 'days')
  server = spawn(process.env.TONGBAN_BINARY, ['demo', '--data', data, '--port', PORT, '--days-ahead', daysAhead], { stdio: 'ignore' })
  await until('the other city', () => fetch(`${process.env.TONGBAN_URL}/readyz`).then((answer) => answer.ok, () => false))
}

async function stop() {
  if (!server || server.exitCode !== null) return
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await ended
}

const clock = (page, name) => page.locator('.clock').filter({ hasText: say('case', `clock.${name}`) })
const dueOf = (page, name) => clock(page, name).locator('strong').first().innerText()

test('an expert review that outlasts its plan alarms, and moves the due dates when it ends', async (t) => {
  await start(0)
  const scene = await submittedFarm()
  const today = new Date(Date.now() + HOURS_OF_SHANGHAI * 3_600_000).toISOString().slice(0, 10)
  await handle(scene, ['receive', {}, 'clerk_agriculture'], ['accept', {}, 'clerk_agriculture'])
  await handle(scene, [
    'start-special-procedure',
    { procedure: 'expert_review', planned_end: today, reason: '需要专家现场评审。' },
    'head_agriculture',
  ])
  const before = await visit(t, { as: 'head_agriculture' })
  await before.goto(`/desk/cases/${scene.caseId}`)
  await settled(before)
  const due = await dueOf(before, 'legal')
  await before.close()
  await stop()

  await start(DAYS)
  const head = await visit(t)
  await head.goto(`/desk/cases/${scene.caseId}`)
  await signIn(head, 'head_agriculture')
  await head.getByText(say('case', 'procedure.overdue', { name: FARM.review })).waitFor()
  await shot(head, 'days overdue')
  const name = say('case', 'action.end_special_procedure')
  await press(button(head.getByRole('main'), name))
  const dialog = head.getByRole('dialog', { name })
  await dialog.getByLabel(say('case', 'divert.text.end_special_procedure')).fill('专家评审认为场址符合要求。')
  await press(button(dialog, name))
  await dialog.waitFor({ state: 'hidden' })
  await until('another legal date', async () => (await dueOf(head, 'legal')) !== due)

  const legal = clock(head, 'legal')
  await press(legal.locator('summary'))
  const lines = legal.locator('ol').getByText(FARM.review)
  await lines.first().waitFor()
  assert.ok((await lines.count()) >= 1, 'the way to the date names the review')
  await shot(head, 'days moved', { fullPage: true })
})

/** Notes and labels of the office: a colleague is asked to look; the head makes a label, clerks sort by it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { press, settled, shot, visit } from './city.mjs'
import { button } from './registration.mjs'
import { submitted } from './scenes.mjs'
import { say } from './texts.mjs'

const LABEL = '待现场核查'

test('a note asks a colleague to look, and the case finds him', async (t) => {
  const scene = await submitted()
  const clerk = await visit(t, { as: 'clerk_hr' })
  await clerk.goto(`/desk/cases/${scene.caseId}?scope=all`)
  await settled(clerk)
  await clerk.getByRole('tab', { name: say('case', 'tab.notes') }).click()
  const notes = clerk.getByRole('region', { name: say('note', 'title') })
  await press(button(notes, say('note', 'write')))
  await notes.getByText(say('note', 'missing')).waitFor()
  await notes.getByLabel(say('note', 'words'), { exact: true }).fill('申请人来电说明单位已注销，请负责人看一下是否需要另附证明。')
  await notes.getByText(say('note', 'mention'), { exact: true }).click()
  await notes.getByRole('checkbox').first().check()
  await shot(clerk, 'note form', { fullPage: true })
  await press(button(notes, say('note', 'write')))
  await notes.getByText('申请人来电说明单位已注销').waitFor()
  await shot(clerk, 'note written', { fullPage: true })

  const head = await visit(t, { as: 'head_hr' })
  await head.goto('/desk/cases?only=mentioned')
  await settled(head)
  await press(head.getByRole('link', { name: scene.number }))
  await settled(head)
  await head.getByRole('tab', { name: say('case', 'tab.notes') }).click()
  await head.getByText(say('note', 'for_me'), { exact: true }).waitFor()
  await shot(head, 'note for me', { fullPage: true })
  await press(button(head.getByRole('main'), say('note', 'seen')))
  await head.getByText(say('note', 'for_me'), { exact: true }).waitFor({ state: 'hidden' })

  const phone = await visit(t, { as: 'clerk_hr', phone: true })
  await phone.goto(`/desk/cases/${scene.caseId}?scope=all`)
  await settled(phone)
  await phone.getByRole('tab', { name: say('case', 'tab.notes') }).click()
  await phone.getByText('申请人来电说明单位已注销').waitFor()
  await shot(phone, 'note phone', { fullPage: true })
})

test('the head makes a label, a clerk puts it on and filters by it', async (t) => {
  const scene = await submitted()
  const head = await visit(t, { as: 'head_hr' })
  await head.goto('/desk/labels')
  await settled(head)
  await press(button(head.getByRole('main'), say('label', 'make')).first())
  const dialog = head.getByRole('dialog', { name: say('label', 'make') })
  await dialog.getByLabel(say('label', 'name')).fill(LABEL)
  await dialog.getByText(say('label', 'tone.amber')).click()
  await shot(head, 'label dialog')
  await press(button(dialog, say('label', 'save')))
  await dialog.waitFor({ state: 'hidden' })
  await head.getByRole('row').filter({ hasText: LABEL }).waitFor()
  await shot(head, 'labels', { fullPage: true })

  const clerk = await visit(t, { as: 'clerk_hr' })
  await clerk.goto(`/desk/cases/${scene.caseId}?scope=all`)
  await settled(clerk)
  const labels = clerk.getByRole('region', { name: say('label', 'of_case') })
  await labels.getByText(say('label', 'choose')).click()
  await labels.getByRole('checkbox', { name: LABEL }).check()
  await labels.getByText(LABEL).first().waitFor()
  await shot(clerk, 'label on case')
  await clerk.goto('/desk/cases')
  await settled(clerk)
  await press(clerk.getByRole('navigation', { name: say('case', 'filter') }).getByRole('link', { name: LABEL }))
  await clerk.waitForURL(/label=/)
  await settled(clerk)
  await clerk.getByRole('link', { name: scene.number }).waitFor()
  assert.equal(await clerk.getByRole('row').count(), 2, 'its head and the one case')
  await shot(clerk, 'label filter', { fullPage: true })

  // Nothing is left behind that other tests would count.
  await head.getByRole('row').filter({ hasText: LABEL }).getByRole('button', { name: say('label', 'remove') }).click()
  const asked = head.getByRole('dialog', { name: say('label', 'remove') })
  await press(button(asked, say('label', 'remove')))
  await asked.waitFor({ state: 'hidden' })
  await head.getByText(say('label', 'empty')).waitFor()
})

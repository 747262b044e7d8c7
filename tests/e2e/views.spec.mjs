/** Views of the list: kept on one device, there on another, shared with colleagues; the first opens by itself. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { press, settled, shot, visit } from './city.mjs'
import { button } from './registration.mjs'
import { submitted } from './scenes.mjs'
import { say } from './texts.mjs'

const NAME = '待受理，最新在前'

test('a clerk keeps a view, finds it on another device and shares it', async (t) => {
  await submitted()
  const clerk = await visit(t, { as: 'clerk_hr' })
  await clerk.goto('/desk/cases?state=received')
  await settled(clerk)
  await clerk.getByLabel(say('saved-view', 'sort.label')).selectOption('newest')
  await clerk.waitForURL(/sort=newest/)
  await press(button(clerk.getByRole('main'), say('saved-view', 'keep')))
  const dialog = clerk.getByRole('dialog', { name: say('saved-view', 'keep') })
  await dialog.getByLabel(say('saved-view', 'name')).fill(NAME)
  await dialog.getByLabel(say('saved-view', 'share')).check()
  await dialog.getByLabel(say('saved-view', 'opens_it')).check()
  await shot(clerk, 'view keep')
  await press(button(dialog, say('saved-view', 'save')))
  await dialog.waitFor({ state: 'hidden' })
  await clerk.getByRole('link', { name: NAME }).waitFor()
  await shot(clerk, 'view kept', { fullPage: true })

  // On another device the list opens with it; taking the filter off is respected.
  const phone = await visit(t, { as: 'clerk_hr', phone: true })
  await phone.goto('/desk/cases')
  await phone.waitForURL(/sort=newest/)
  await settled(phone)
  assert.equal(await phone.getByRole('link', { name: NAME }).getAttribute('aria-current'), 'true')
  await shot(phone, 'view phone', { fullPage: true })

  const head = await visit(t, { as: 'head_hr' })
  await head.goto('/desk/cases')
  await settled(head)
  assert.doesNotMatch(head.url(), /sort=/, 'what a colleague shares is no default')
  await press(head.getByRole('link', { name: new RegExp(NAME) }))
  await head.waitForURL(/sort=newest/)

  await press(button(clerk.getByRole('main'), say('saved-view', 'manage')))
  const manager = clerk.getByRole('dialog', { name: say('saved-view', 'manage') })
  await manager.getByText(say('saved-view', 'default'), { exact: true }).waitFor()
  await shot(clerk, 'view manager')
  await press(button(manager, say('saved-view', 'remove_one', { name: NAME })))
  await manager.getByText(say('saved-view', 'empty')).waitFor()
})

/** 帮办代办: help asked for, consented to, given by an assistant, checked place by place, handed in by the applicant. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expects, person, press, settled, shot, visit } from './city.mjs'
import { button, clearDrafts, heading } from './registration.mjs'
import { filled, helped, ITEM } from './scenes.mjs'
import { say } from './texts.mjs'

const NEW_ADDRESS = '八一路 9 号 3 栋 202 室'
const help = (key, args) => say('assist', key, args)

/** Requests that earlier tests left are withdrawn. */
async function clearRequests(account) {
  const citizen = await person(account)
  const { items } = await citizen.get('/api/v1/intake/assist-requests?limit=100')
  for (const one of items.filter(({ state }) => state !== 'closed')) {
    const { version } = await citizen.get(`/api/v1/intake/assist-requests/${one.id}`)
    await citizen.post(`/api/v1/intake/assist-requests/${one.id}/withdraw`, { version })
  }
}

test('an assistant fills in with consent, the applicant checks it and hands in himself', async (t) => {
  await clearRequests('citizen1')
  await clearDrafts('citizen1')
  const draft = await filled()
  const citizen = await visit(t, { as: 'citizen1' })
  await asks(citizen, draft)
  const assistant = await visit(t, { as: 'assistant_district' })
  await takes(assistant)

  await citizen.goto(`/applications/${draft.id}/fill`)
  await press(button(citizen, help('card.let')))
  const dialog = citizen.getByRole('dialog')
  await dialog.getByText(help('consent.never')).waitFor()
  await shot(citizen, 'assist consent')
  await press(button(dialog, help('consent.give')))
  await button(citizen, help('card.end')).waitFor()

  await fillsIn(assistant)
  await checksAndSubmits(citizen, draft)

  // What the assistant had to do with it is over.
  await assistant.goto('/desk/assist?show=closed')
  await assistant.getByText(help('outcome.submitted')).first().waitFor()
  const desk = await person('assistant_district')
  await assert.rejects(desk.get(`/api/v1/intake/assist-desk/applications/${draft.id}`), /404/)
})

async function asks(citizen, draft) {
  await citizen.goto(`/applications/${draft.id}/fill`)
  await citizen.getByText(help('card.none')).waitFor()
  await press(citizen.getByRole('link', { name: help('card.ask'), exact: true }))
  await press(button(citizen, help('ask.send')))
  await citizen.getByText(help('ask.missing.reason')).waitFor()
  await citizen.getByLabel(help('ask.reason')).fill('眼睛不好，看不清屏幕')
  await citizen.getByLabel(help('ask.phone')).fill('123')
  expects(citizen, /422 .*assist-requests/)
  await press(button(citizen, help('ask.send')))
  await citizen.locator('#help-phone-error').waitFor()
  await shot(citizen, 'assist ask refused', { fullPage: true })
  await citizen.getByLabel(help('ask.phone')).fill('19900000001')
  await press(button(citizen, help('ask.send')))
  await citizen.getByText(help('card.waits')).waitFor()
  await shot(citizen, 'assist waits', { fullPage: true })
}

/** The request is on the desk with its light; he takes it and gets in touch. */
async function takes(assistant) {
  await assistant.goto('/desk/')
  await heading(assistant, help('desk.title')).waitFor()
  await assistant.getByText('张*例').first().waitFor()
  await shot(assistant, 'assist desk')
  await press(assistant.getByRole('link', { name: ITEM.name }).first())
  await press(button(assistant, help('desk.take')))
  await assistant.getByText(help('desk.no_consent')).waitFor()
  await assistant.getByText('19900000001').waitFor()
  await press(button(assistant, help('step.contact')))
  const dialog = assistant.getByRole('dialog', { name: help('step.contact') })
  await press(button(dialog, help('step.save')))
  await dialog.getByText(help('step.words_missing')).waitFor()
  await dialog.getByLabel(help('step.contact_words')).fill('已电话说明需要的材料')
  await press(button(dialog, help('step.save')))
  await assistant.getByText(help('step.contact_done')).waitFor()
  await shot(assistant, 'assist request', { fullPage: true })
}

async function fillsIn(assistant) {
  await assistant.reload()
  await press(assistant.getByRole('link', { name: help('desk.fill'), exact: true }))
  await assistant.getByText(help('fill.recorded')).waitFor()
  const url = new URL(assistant.url())
  await assistant.goto(`${url.pathname}${url.search}&step=form&section=person`)
  await assistant.getByLabel('详细地址').fill(NEW_ADDRESS)
  await button(assistant, say('form', 'next')).waitFor()
  const saved = assistant.waitForResponse((answer) => answer.url().endsWith('/form') && answer.request().method() === 'PUT')
  await press(button(assistant, say('form', 'next')))
  assert.equal((await saved).status(), 200)
  await assistant.goto(`${url.pathname}${url.search}&step=check`)
  await assistant.getByText(help('fill.not_yours')).waitFor()
  assert.equal(await button(assistant, say('wizard', 'check.submit')).count(), 0, 'no way to hand in')
  await shot(assistant, 'assist filled', { fullPage: true })
}

async function checksAndSubmits(citizen, draft) {
  await citizen.goto(`/applications/${draft.id}/fill?step=check`)
  await citizen.getByText(help('card.changes', { n: '1' })).waitFor()
  await citizen.getByText(NEW_ADDRESS).first().waitFor()
  await citizen.getByText('八一路 1 号 2 栋 301 室').first().waitFor()
  await shot(citizen, 'assist changes', { fullPage: true })
  expects(citizen, /409 .*\/submit/)
  await citizen.locator('#promise').check()
  await press(button(citizen, say('wizard', 'check.submit')))
  await citizen.getByText(/请逐项核对确认后再提交/).waitFor()
  await press(button(citizen, help('card.check')))
  await citizen.locator('#main').getByText(help('change.checked'), { exact: true }).waitFor()
  await press(button(citizen, say('wizard', 'check.submit')))
  await citizen.waitForURL(/\/receipt$/)
  await citizen.goto(`/applications/${draft.id}`)
  await citizen.getByText('帮办员邹示例代为填写').first().waitFor()
  await shot(citizen, 'assist submitted', { fullPage: true })
}

test('a request is handed over and closed; what was asked is seen on a phone', async (t) => {
  const scene = await helped()
  const assistant = await visit(t, { as: 'assistant_district' })
  await assistant.goto(`/desk/assist/${scene.request.id}`)
  await press(button(assistant, help('step.hand_over')))
  const dialog = assistant.getByRole('dialog', { name: help('step.hand_over') })
  await dialog.getByLabel(help('step.to')).selectOption({ label: '熊示例' })
  await dialog.getByLabel(help('step.hand_over_words')).fill('住得近')
  await press(button(dialog, help('step.save')))
  await assistant.getByText(help('step.hand_over_done')).waitFor()
  await settled(assistant)
  assert.equal(await button(assistant, help('step.close')).count(), 0, 'it is another\'s now')

  const other = await visit(t, { as: 'assistant2_district', phone: true })
  await other.goto('/desk/assist?show=mine')
  await other.getByText('张*例').first().waitFor()
  await shot(other, 'assist desk phone', { fullPage: true })
  await other.goto(`/desk/assist/${scene.request.id}`)
  await other.getByText(help('desk.no_consent')).waitFor()
  await shot(other, 'assist request phone', { fullPage: true })
  await press(button(other, help('step.close')))
  const closing = other.getByRole('dialog', { name: help('step.close') })
  await press(closing.getByText(help('outcome.solved')))
  await closing.getByLabel(help('step.close_words')).fill('已当面说明')
  await press(button(closing, help('step.save')))
  await other.getByText(help('step.close_done')).waitFor()

  const citizen = await visit(t, { as: 'citizen1', phone: true })
  await citizen.goto('/assist')
  await settled(citizen)
  await shot(citizen, 'assist own phone', { fullPage: true })
  await citizen.goto(`/assist/${scene.request.id}`)
  await citizen.getByText('已当面说明').waitFor()
  await shot(citizen, 'assist own one phone', { fullPage: true })
  const owner = await person('citizen1')
  await owner.delete(`/api/v1/intake/applications/${scene.draft.id}`)
})

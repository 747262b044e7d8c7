/** Depth of items: how one is handled is edited section by section and told to citizens in their words. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expects, PHONE, settled, shot, visit } from './city.mjs'
import { say } from './texts.mjs'

const FREIGHT = '11430100TB0000044N3430199009000'
const button = (page, key) => page.getByRole('button', { name: say('manage-item', key), exact: true })

test('an editor says how an item is handled; what is wrong is named; the guide tells it', async (t) => {
  const page = await visit(t, { as: 'admin' })
  await page.goto(`/admin/items/${FREIGHT}`)
  await settled(page)
  await button(page, 'group.authority').click()
  await shot(page, 'item editor authority')
  await button(page, 'group.handling').click()
  await page.getByLabel(say('manage-item', 'field.visits'), { exact: true }).fill('1')
  await shot(page, 'item editor handling', { fullPage: true })
  await button(page, 'group.links').click()
  await page.getByRole('searchbox', { name: new RegExp(say('manage-item', 'field.following')) }).fill('食品经营')
  await page.getByRole('button', { name: /食品经营许可/ }).first().click()
  await shot(page, 'item editor links', { fullPage: true })
  await button(page, 'edit.save').click()
  await page.getByText(say('manage-item', 'edit.saved')).waitFor()
  expects(page, /422 .*\/publish/)
  await button(page, 'edit.publish').click()
  await page.getByRole('dialog').getByRole('button', { name: say('manage-item', 'edit.publish'), exact: true }).click()
  await page.getByText('办理方式 › 必须现场办理的原因：此项必填。').waitFor()
  await page.getByRole('link', { name: /必须现场办理的原因/ }).click()
  await page.getByLabel(say('manage-item', 'field.visit_reason'), { exact: true }).fill('领取道路运输证时需要核对车辆。')
  await button(page, 'edit.save').click()
  await page.getByText(say('manage-item', 'edit.all_saved')).waitFor()
  await page.getByRole('tab', { name: say('manage-item', 'edit.compare') }).click()
  await page.getByText('办理方式 › 必须现场办理的原因').waitFor()
  await shot(page, 'item compare')
  await button(page, 'edit.publish').click()
  await page.getByRole('dialog').getByRole('button', { name: say('manage-item', 'edit.publish'), exact: true }).click()
  await page.getByText(/已发布第 \d 版/).waitFor()

  const citizen = await visit(t)
  await citizen.goto(`/items/${FREIGHT}`)
  await settled(citizen)
  await citizen.getByText('领取道路运输证时需要核对车辆。').waitFor()
  await citizen.getByRole('heading', { name: say('guide', 'related.title') }).waitFor()
  assert.equal(await citizen.getByRole('link', { name: '企业设立登记' }).count(), 1, 'what comes before')
  assert.equal(await citizen.getByRole('link', { name: '食品经营许可' }).count(), 1, 'what follows')
  await shot(citizen, 'guide in full', { fullPage: true })
  await citizen.setViewportSize(PHONE)
  await shot(citizen, 'guide in full phone', { fullPage: true })
})

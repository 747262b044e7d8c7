/** Interested persons are told that they may ask for a hearing; one asks, day and place are told, and nothing is decided before. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expects, press, settled, shot, visit } from './city.mjs'
import { button } from './registration.mjs'
import { handle, proof, submitted } from './scenes.mjs'
import { say } from './texts.mjs'

const MATTER = '拟登记的经营场所与邻居共用通道，影响邻居通行。'
const step = (key) => say('hearing', `step.${key}`)

/** A working day far enough ahead for the notice, and not behind the twenty days: about two and a half weeks. */
function inTime() {
  const day = new Date(Date.now() + 16 * 86_400_000)
  return day.toISOString().slice(0, 10)
}

/** A day of the office, so many away from today. */
const dayAway = (days) => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)

/** With number and contact: masked names look alike. */
const neighbour = (n, contact) => say('hearing', 'numbered', { n, name: '李*例', contact })

async function tab(page, scene) {
  await page.goto(`/desk/cases/${scene.caseId}?scope=all`)
  await settled(page)
  await page.getByRole('tab', { name: new RegExp(`^${say('hearing', 'tab')}`) }).click()
  return page.getByRole('region', { name: say('hearing', 'tab'), exact: true })
}

test('interested persons are told, one asks, and the hearing is called', async (t) => {
  const scene = await handle(await submitted('citizen1', await proof()), ['accept', {}])
  const clerk = await visit(t, { as: 'clerk_hr' })
  expects(clerk, /422 .*call-hearing/)
  const region = await tab(clerk, scene)
  await region.getByText(say('hearing', 'none'), { exact: true }).waitFor()
  await button(region, step('tell_hearing_right')).click()
  const dialog = clerk.getByRole('dialog')
  await button(dialog, step('tell_hearing_right')).click()
  await dialog.getByText(say('hearing', 'matter_needed')).waitFor()
  await shot(clerk, 'hearing nothing said')
  await dialog.getByLabel(say('hearing', 'name')).fill('李示例')
  await dialog.getByLabel(say('hearing', 'contact')).fill('13800000000')
  await dialog.getByLabel(say('hearing', 'interest')).fill('相邻住户')
  await dialog.getByLabel(say('hearing', 'matter')).fill(MATTER)
  assert.equal(await dialog.getByLabel(say('hearing', 'told_on')).inputValue(), dayAway(0))
  await dialog.getByLabel(say('hearing', 'told_on')).fill(dayAway(1))
  await button(dialog, step('tell_hearing_right')).click()
  await dialog.getByText(say('hearing', 'day_wrong', { first: dayAway(0), last: dayAway(0) })).waitFor()
  await dialog.getByLabel(say('hearing', 'told_on')).fill(dayAway(0))
  await shot(clerk, 'hearing to be told')
  await button(dialog, step('tell_hearing_right')).click()
  await region.getByText(MATTER).waitFor()
  await region.getByText(say('hearing', 'listed', { n: 1, name: '李*例' })).waitFor()
  assert.equal(await clerk.getByText('13800000000').count(), 0, 'the contact is masked')
  await shot(clerk, 'hearing told', { fullPage: true })

  // Somebody with the same masked name had been forgotten: told anew, those before stay told.
  await button(region, step('tell_again')).click()
  await dialog.getByText(say('hearing', 'tell_again_lead')).waitFor()
  assert.equal(await dialog.getByLabel(say('hearing', 'matter')).inputValue(), MATTER)
  await dialog.getByLabel(say('hearing', 'name')).fill('李某例')
  await dialog.getByLabel(say('hearing', 'contact')).fill('13800000001')
  await shot(clerk, 'hearing to be told anew')
  await button(dialog, step('tell_hearing_right')).click()
  await region.getByText(say('hearing', 'listed', { n: 2, name: '李*例' })).waitFor()

  await button(region, step('ask_hearing')).click()
  await dialog.getByLabel(neighbour(2, '138****0001')).check()
  await dialog.getByText(say('hearing', 'asked_on_help')).waitFor()
  assert.equal(await dialog.getByLabel(say('hearing', 'asked_on')).inputValue(), dayAway(0))
  await dialog.getByLabel(say('hearing', 'grounds')).fill('通道是唯一出口。')
  await shot(clerk, 'hearing to be asked for')
  await button(dialog, step('ask_hearing')).click()
  await region.getByText(say('hearing', 'stage.asked')).waitFor()

  // Too short a notice is refused with the earliest day, and what was filled in stays.
  await button(region, step('call_hearing')).click()
  await dialog.getByLabel(say('hearing', 'day'), { exact: true }).fill(new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10))
  await dialog.getByLabel(say('hearing', 'place')).fill('政务服务中心三楼会议室')
  await dialog.getByLabel(say('hearing', 'presider')).selectOption({ label: '吴示例' })
  await button(dialog, step('call_hearing')).click()
  await dialog.getByText('最早可以定在').waitFor()
  assert.equal(await dialog.getByLabel(say('hearing', 'place')).inputValue(), '政务服务中心三楼会议室')
  await shot(clerk, 'hearing called too soon')
  await dialog.getByLabel(say('hearing', 'day'), { exact: true }).fill(inTime())
  await button(dialog, step('call_hearing')).click()
  await region.getByText(say('hearing', 'stage.called')).waitFor()
  await region.getByText('吴示例').waitFor()
  await shot(clerk, 'hearing called', { fullPage: true })
  await press(clerk.getByRole('tab', { name: new RegExp(`^${say('case', 'tab.papers')}`) }))
  await clerk.getByText('听证通知书').first().waitFor()
  await clerk.getByText('听证告知书').first().waitFor()

  const citizen = await visit(t, { as: 'citizen1' })
  await citizen.goto(`/applications/${scene.id}`)
  await citizen.getByText('政务服务中心三楼会议室').first().waitFor()
  await shot(citizen, 'hearing citizen', { fullPage: true })

  const phone = await visit(t, { as: 'clerk_hr', phone: true })
  await tab(phone, scene)
  await shot(phone, 'hearing phone', { fullPage: true })

  // Taken back by who asked: the others still can; then all give it up, and the case goes on.
  const again = await tab(clerk, scene)
  await button(again, step('waive_hearing')).click()
  await button(dialog, step('waive_hearing')).click()
  await dialog.getByText(say('hearing', 'retreat_needed')).waitFor()
  await dialog.getByLabel(say('hearing', 'taken_back', { who: neighbour(2, '138****0001') })).check()
  await dialog.getByLabel(say('hearing', 'waive_reason')).fill('听证申请人书面撤回申请。')
  await shot(clerk, 'hearing to be taken back')
  await button(dialog, step('waive_hearing')).click()
  await again.getByText(say('hearing', 'stage.told')).waitFor()
  await button(again, step('waive_hearing')).click()
  await dialog.getByLabel(say('hearing', 'given_up')).check()
  await dialog.getByLabel(say('hearing', 'waive_reason')).fill('申请人和利害关系人书面放弃听证。')
  await button(dialog, step('waive_hearing')).click()
  await again.getByText(say('hearing', 'stage.waived')).waitFor()
})

/** The list on the desk: which columns it shows stands in the address and is remembered. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { press, settled, shot, visit } from './city.mjs'
import { submitted } from './scenes.mjs'
import { say } from './texts.mjs'

test('a clerk leaves out columns; the address hands the view on, this computer remembers it', async (t) => {
  await submitted()
  const page = await visit(t, { as: 'clerk_hr' })
  await page.goto('/desk/todo')
  await settled(page)
  await press(page.getByText(say('case', 'choose_columns'), { exact: true }))
  await page.getByLabel(say('case', 'column.handler'), { exact: true }).uncheck()
  await page.getByLabel(say('case', 'column.submitted'), { exact: true }).uncheck()
  const heads = () => page.getByRole('columnheader').allInnerTexts()
  await page.getByRole('columnheader', { name: say('case', 'column.handler') }).waitFor({ state: 'detached' })
  assert.ok((await heads()).includes(say('case', 'column.due')))
  assert.ok(await page.getByLabel(say('case', 'column.number'), { exact: true }).isDisabled(), 'the number leads to the case')
  await shot(page, 'desk columns')
  const address = new URL(page.url())
  assert.equal(address.searchParams.get('columns'), 'light,number,applicant,item_name,state,labels,due')

  const colleague = await visit(t, { as: 'clerk_hr' })
  await colleague.goto(address.pathname + address.search)
  await settled(colleague)
  assert.deepEqual(await colleague.getByRole('columnheader').allInnerTexts(), await heads())

  await page.goto('/desk/cases')
  await settled(page)
  assert.ok(!(await heads()).includes(say('case', 'column.handler')), 'remembered')
})

import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { mountPage, problem, type Answer, type Sent } from '../../../checks/mount'
import type { CaseRow, CaseView } from '@/features/case/api'
import { dropNotes } from '@/features/case/desk-notes'
import Case from './pages/Case.vue'
import Cases from './pages/Cases.vue'

const stub = { template: '<div />' }
const routes = [
  { path: '/', name: 'home', component: stub },
  { path: '/todo', name: 'todo', component: stub },
  { path: '/cases', name: 'cases', component: stub },
  { path: '/cases/:id', name: 'case', component: stub },
]
const permissions = ['approval.case.read', 'approval.case.unmask']
const row = (id: string, applicant: string): CaseRow => ({
  id, number: `43010220261122000${id}`, item_name: '食品经营许可', applicant, state: 'received', light: 'yellow', step_overdue: false, procedure_overdue: false,
  due_kind: 'acceptance', due: '2026-11-24', remaining_working_days: 1, alarm: null, step: null, handler: null,
  submitted_at: '2026-11-20T01:12:00Z', channel: 'pc', withdrawal_pending: false, result: null, joint: null, supervised: false, letter_since: null, fee_stage: null, labels: [],
})
const rows = [row('1', '王*芳'), row('2', '湘江餐饮有限公司')]
const view = (id: string, version = 3): CaseView => ({
  id, number: `43010220261122000${id}`, version, office: '市场监管局', region: '430102', step: null, channel: 'pc', counter: null, batch: null, state: 'received', light: 'yellow', step_overdue: false,
  procedure: null, hearing: null, procedures: [], longest_extension: 10, originals: [], void: null,
  masked: true, result: null, external: null, joint: null, handler: null, correction: null, withdrawal: null, rating: null, results: [], letters: 0, letter_since: null, fee_stage: null, charges: false,
  item: { code: 'c', version: 1, name: '食品经营许可', sample: false, instant: false, legal_term: null, promised_term: null, conditions: [], legal_bases: [] },
  parties: [{ role: 'applicant', organisation: false, name: '王*芳', id_number: '4301**********0037', phone: '138****5678', proof: null, signed: null }],
  moments: { submitted_at: '2026-11-20T01:12:00Z', received_at: null, accepted_at: null, decided_at: null, closed_at: null, delivered_at: null }, situation: [],
  form: { key: 'f', title: 'f', sections: [{ key: 's', title: '经营场所', fields: [{ key: 'area', label: '经营面积', kind: 'number', unit: '平方米' }] }] },
  answers: { area: '120' },
  materials: [{ requirement_id: 'plan', name: '平面图', necessity: 'required', standard: '', waived: null, missing: true, promised_by: null, committed: false, files: [], licences: [] }],
  delivery: {
    offered: [], chosen: null, chosen_at: null, recipient: '', phone: '', address: '', company: null, tracking_number: null, dispatched_at: null,
    way: null, delivered_at: null, collector: null, confirmed_at: null,
  },
  commitment: null, timeline: [], clocks: { clocks: [], alarm: null, calendar_version: '1', paused_since: null, yellow_from: null }, steps: [], papers: [],
  commands: [
    { command: 'accept', allowed: true, code: null, reason: null },
    { command: 'request_correction', allowed: true, code: null, reason: null },
    { command: 'refuse', allowed: true, code: null, reason: null },
    { command: 'decide', allowed: false, code: 'approval.not_now', reason: '还不能作出决定' },
  ],
})
const counts = { states: { received: 2, delivered: 5 }, lights: { yellow: 2 }, mine: 1, withdrawals: 0, supervised: 0, letters: 0, opinions: 0, mentions: 0, fees: {} }

/** A server with two cases; `more` answers first. */
function server(more: (sent: Sent) => Answer | undefined = () => undefined) {
  return (sent: Sent): Answer => {
    // What lies beside a case.
    if (/\/(labels|supervisions|colleagues|relay)$/.test(sent.path)) return { body: [] }
    const own = more(sent)
    if (own) return own
    if (sent.path.endsWith('/counts')) return { body: counts }
    if (sent.path.endsWith('/cases')) return { body: { items: rows, next_cursor: null } }
    const id = /\/cases\/(\w+)/.exec(sent.path)?.[1] ?? ''
    return { body: view(id, sent.method === 'POST' ? 4 : 3) }
  }
}

afterEach(() => {
  vi.unstubAllGlobals()
  dropNotes('1')
  dropNotes('2')
})

describe('the to-do list', () => {
  const open = (answer: Answer | undefined, at = '/todo') =>
    mountPage({ ...Cases, props: { todo: { default: true } } } as never, {
      routes, at, permissions, server: server((sent) => (sent.path.endsWith('/cases') ? answer : undefined)),
    })

  it('waits, without rows', async () => {
    const { view: page } = await open('never')
    expect(page.find('tbody tr').exists()).toBe(false)
  })

  it('says why there is nothing', async () => {
    const { view: page } = await open({ body: { items: [], next_cursor: null } })
    expect(page.text()).toContain('没有需要您办理的办件')
    const filtered = await open({ body: { items: [], next_cursor: null } }, '/todo?q=无此人')
    expect(filtered.view.text()).toContain('没有找到“无此人”')
  })

  it('says what failed, with the request', async () => {
    const { view: page } = await open(problem(500))
    expect(page.get('[role="alert"]').text()).toContain('r-77')
  })

  it('shows rows, lamp first, and asks only for what is to be done', async () => {
    const { view: page, sent } = await open(undefined)
    const cells = page.findAll('tbody tr')[0]?.findAll('td').map((cell) => cell.text()) ?? []
    expect(cells[0]).toContain('临期')
    expect(cells[1]).toBe('430102202611220001')
    for (const path of ['/cases', '/counts']) {
      expect(sent.find((one) => one.path.endsWith(path))?.query.get('todo')).toBe('true')
    }
  })

  it('marks what is under an order and what bears a label', async () => {
    const marked = { ...row('3', '刘*'), supervised: true, labels: [{ id: 'l1', name: '待现场核查', tone: 'amber' as const, version: 1 }] }
    const { view: page } = await open({ body: { items: [marked, row('4', '周*')], next_cursor: null } })
    const [first, second] = page.findAll('tbody tr').map((one) => one.text())
    expect(first).toContain('督办')
    expect(first).toContain('待现场核查')
    expect(second).not.toContain('督办')
  })

  it('asks for one label, for what names the reader, for what is under an order', async () => {
    const query = async (at: string) => (await open(undefined, at)).sent.find((one) => one.path.endsWith('/cases'))?.query
    expect((await query('/todo?label=l1'))?.get('label')).toBe('l1')
    expect((await query('/todo?only=mentioned'))?.get('mentioned')).toBe('true')
    expect((await query('/todo?only=letter'))?.get('letter')).toBe('true')
    expect((await query('/todo?only=fee_refund'))?.get('fee')).toBe('refund')
    expect((await query('/todo?only=supervised'))?.get('supervised')).toBe('true')
  })
})

describe('a case in hand', () => {
  const open = (more?: (sent: Sent) => Answer | undefined, id = '1') =>
    mountPage(Case, { routes, at: `/cases/${id}`, permissions, server: server(more) })
  const posted = (sent: Sent[]) => sent.filter((one) => one.method === 'POST')

  it('waits, fails and shows', async () => {
    const waiting = await open((sent) => (sent.path.endsWith('/cases/1') ? 'never' : undefined))
    expect(waiting.view.find('.decision').exists()).toBe(false)
    const failed = await open((sent) => (sent.path.endsWith('/cases/1') ? problem(404) : undefined))
    expect(failed.view.get('[role="alert"]').text()).toContain('系统出错了')
    const shown = await open()
    expect(shown.view.get('#page-title').text()).toBe('食品经营许可')
    expect(shown.view.text()).toContain('4301**********0037')
  })

  it('asks before it acts, then opens the next case', async () => {
    const { view: page, sent, router } = await open()
    await page.get('.decision .primary').trigger('click')
    expect(posted(sent)).toEqual([])
    await page.get('#command').trigger('submit')
    await flushPromises()
    expect(posted(sent)[0]).toMatchObject({ path: '/api/v1/approval/cases/1/accept', body: { version: 3 } })
    expect(router.currentRoute.value.params.id).toBe('2')
  })

  it('makes the notice of what is marked and sends exactly that', async () => {
    const { view: page, sent } = await open()
    await page.get('.fix').trigger('click')
    await flushPromises()
    await page.get('.note').setValue('与执照不符')
    expect(page.get('.decision .primary').text()).toContain('一次性告知补正')
    await page.get('.decision .primary').trigger('click')
    await page.get('#command').trigger('submit')
    await flushPromises()
    expect(posted(sent)[0]?.body).toEqual({
      version: 3, fields: ['/area'], materials: [], reason: expect.stringContaining('1. 经营面积：与执照不符') as string,
    })
  })

  it('keeps the notice until every mark says what is wrong', async () => {
    const { view: page, sent } = await open()
    await page.get('.fix').trigger('click')
    await flushPromises()
    expect(page.find('.why .error').exists()).toBe(false)
    await page.get('.decision .primary').trigger('click')
    await flushPromises()
    expect(page.find('#command').exists()).toBe(false)
    expect(page.get('.why .error').text()).toContain('请写明“经营面积”需要补正的问题')
    expect(document.activeElement).toBe(page.get('.note').element)
    await page.get('.phrase').trigger('click')
    expect(page.get<HTMLInputElement>('.note').element.value).toBe('信息填写有误')
    expect(page.find('.why .error').exists()).toBe(false)
    await page.get('.decision .primary').trigger('click')
    await page.get('#command').trigger('submit')
    await flushPromises()
    expect(posted(sent)[0]?.body).toMatchObject({ reason: '1. 经营面积：信息填写有误' })
  })

  it('offers no mark for what nobody has to hand in', async () => {
    const materials = [
      ...view('1').materials,
      { requirement_id: 'licence', name: '营业执照', necessity: 'required' as const, standard: '', waived: '通过数据共享核验', missing: false, files: [] },
    ]
    const { view: page } = await open((sent) => (sent.path.endsWith('/cases/1') ? { body: { ...view('1'), materials } } : undefined))
    await page.get('[role="tab"][id$="materials"]').trigger('click')
    await flushPromises()
    expect(page.findAll('.materials .row').map((line) => line.find('.fix').exists())).toEqual([true, false])
  })

  it('demands a kind and a reason before it refuses', async () => {
    const { view: page, sent } = await open()
    await page.get('.decision .danger').trigger('click')
    await page.get('#command').trigger('submit')
    expect(posted(sent)).toEqual([])
    expect(page.get('#command').text()).toContain('请填写理由')
    expect(page.get('#command').text()).toContain('请选择处理方式')
  })

  it('says who was faster, shows the new state and keeps the opinion', async () => {
    let asked = 0
    const { view: page, router } = await open((sent) => {
      if (sent.method === 'POST') return problem(409, { args: { by: '张建国', at: '2026-11-22T01:44:00Z' } })
      if (sent.path.endsWith('/cases/1')) return { body: view('1', 3 + asked++) }
      return undefined
    })
    await page.get('.decision textarea').setValue('材料齐全')
    await page.get('.decision .primary').trigger('click')
    await page.get('#command').trigger('submit')
    await flushPromises()
    expect(page.text()).toContain('本办件刚由 张建国 于 2026-11-22 09:44 办理')
    expect(page.get<HTMLTextAreaElement>('.decision textarea').element.value).toBe('材料齐全')
    expect(asked).toBe(2)
    expect(router.currentRoute.value.params.id).toBe('1')
  })

  const diverting = (id: string, version = 3): CaseView => ({
    ...view(id, version),
    state: 'examining',
    item: { ...view(id).item, legal_term: '15 个工作日' },
    procedures: [{ kind: 'expert_review', name: '动物防疫条件专家评审', term: '15 个工作日', until: '2999-12-11', basis: '《行政许可法》第四十五条' }],
    commands: [
      { command: 'step', allowed: true, code: null, reason: null },
      { command: 'start_special_procedure', allowed: true, code: null, reason: null },
      { command: 'extend', allowed: false, code: 'approval.head_approves', reason: '须由部门负责人批准。' },
      { command: 'resume', allowed: false, code: 'approval.wrong_state', reason: '不能恢复' },
    ],
  })
  const openDiverting = (more: Partial<CaseView> = {}) =>
    open((sent) => (/\/cases\/1/.test(sent.path) ? { body: { ...diverting('1', sent.method === 'POST' ? 4 : 3), ...more } } : undefined))

  it('folds the rare actions away, those that are shut with their reason', async () => {
    const { view: page, sent } = await openDiverting()
    const buttons = page.findAll('.rare button')
    expect(buttons.map((one) => one.text())).toEqual(['启动特别程序', '延长办理期限'])
    expect(page.get('details.rare').attributes('open')).toBeUndefined()
    const why = page.get(`#${buttons[1]?.attributes('aria-describedby') ?? ''}`)
    expect([buttons[1]?.attributes('aria-disabled'), why.text()]).toEqual(['true', '须由部门负责人批准。'])
    await buttons[1]?.trigger('click')
    expect([page.find('#diversion').exists(), posted(sent)]).toEqual([false, []])
  })

  it('starts a special procedure with its reason and stays with the case', async () => {
    const { view: page, sent, router } = await openDiverting()
    await page.get('.decision textarea').setValue('场地待复核')
    await page.get('.rare button').trigger('click')
    await page.get('#diversion').trigger('submit')
    expect(posted(sent)).toEqual([])
    expect(page.get('#diversion .error').text()).toContain('请填写启动的理由')
    expect(page.get('#diversion').text()).toContain('这段文字会告知申请人。')
    await page.get('#diversion textarea').setValue(' 需要专家评审选址 ')
    await page.get('#diversion').trigger('submit')
    await flushPromises()
    expect(posted(sent)[0]).toMatchObject({
      path: '/api/v1/approval/cases/1/start-special-procedure',
      body: { version: 3, procedure: 'expert_review', planned_end: '2999-12-11', reason: '需要专家评审选址' },
    })
    expect(router.currentRoute.value.params.id).toBe('1')
    expect(page.get<HTMLTextAreaElement>('.decision textarea').element.value).toBe('场地待复核')
  })

  it('keeps the form of a rare action when somebody was faster', async () => {
    const { view: page, sent } = await open((one) => {
      if (one.method === 'POST') return problem(409, { args: { by: '张建国', at: '2026-11-22T01:44:00Z' } })
      return one.path.endsWith('/cases/1') ? { body: diverting('1') } : undefined
    })
    await page.get('.rare button').trigger('click')
    await page.get('#diversion textarea').setValue('需要专家评审选址')
    await page.get('#diversion input[type="date"]').setValue('2999-11-30')
    await page.get('#diversion').trigger('submit')
    await flushPromises()
    expect([posted(sent).length, page.find('#diversion').exists()]).toEqual([1, false])
    await page.get('.rare button').trigger('click')
    expect(page.get<HTMLTextAreaElement>('#diversion textarea').element.value).toBe('需要专家评审选址')
    expect(page.get<HTMLInputElement>('#diversion input[type="date"]').element.value).toBe('2999-11-30')
  })

  it('alarms when a special procedure lasts too long, and opens what leads out of it', async () => {
    const { view: page } = await openDiverting({
      state: 'special_procedure',
      procedure: { kind: 'expert_review', name: '动物防疫条件专家评审', since: '2026-11-01', planned_end: '2026-11-20', overdue: true },
      commands: [{ command: 'end_special_procedure', allowed: true, code: null, reason: null }],
    })
    expect(page.get('.head .notice').classes()).toContain('bad')
    expect(page.get('.head .notice').text()).toContain('已超过计划结束日期')
    expect(page.get('details.rare').attributes('open')).toBeDefined()
    expect(page.find('.nothing').exists()).toBe(false)
  })

  const originals = [{ requirement_id: 'id_card', name: '身份证' }, { requirement_id: 'lease', name: '租赁合同' }]
  const openWith = (more: Partial<CaseView>) =>
    open((sent) => (/\/cases\/1/.test(sent.path) ? { body: { ...view('1', sent.method === 'POST' ? 4 : 3), ...more } } : undefined))
  const may = (...commands: string[]) => commands.map((one) => ({ command: one, allowed: true, code: null, reason: null }))

  it('names the originals before the applicant is asked to bring them', async () => {
    const { view: page, sent } = await openWith({ state: 'submitted', originals, commands: may('pass_pre_review') })
    await page.get('.decision .primary').trigger('click')
    expect(page.findAll('#command li').map((one) => one.text())).toEqual(['身份证', '租赁合同'])
    await page.get('#command').trigger('submit')
    await flushPromises()
    expect(posted(sent)[0]).toMatchObject({ path: '/api/v1/approval/cases/1/pass-pre-review', body: { version: 3 } })
  })

  it('receives only when every original is ticked, and stays with the case', async () => {
    const { view: page, sent, router } = await openWith({ state: 'awaiting_originals', originals, commands: may('verify_originals') })
    await page.get('.decision .primary').trigger('click')
    const boxes = page.findAll<HTMLInputElement>('#originals input')
    expect(boxes.map((one) => one.element.checked)).toEqual([false, false])
    await boxes[0]?.setValue(true)
    await page.get('#originals').trigger('submit')
    await flushPromises()
    expect([page.get('#originals .error').text().includes('租赁合同'), posted(sent)]).toEqual([true, []])
    expect(document.activeElement).toBe(boxes[1]?.element)
    await boxes[1]?.setValue(true)
    expect(page.find('#originals .error').exists()).toBe(false)
    await page.get('#originals textarea').setValue(' 已退还原件 ')
    await page.get('#originals').trigger('submit')
    await flushPromises()
    expect(posted(sent)[0]).toMatchObject({
      path: '/api/v1/approval/cases/1/verify-originals', body: { version: 3, materials: ['id_card', 'lease'], note: '已退还原件' },
    })
    expect(router.currentRoute.value.params.id).toBe('1')
  })

  it('opens the answers to a proposal to void, with its reason for the applicant', async () => {
    const proposal = { at: '2026-11-22T01:00:00Z', by: '张建国', reason: '与另一件重复' }
    const { view: page, sent } = await openWith({ void: proposal, commands: may('accept', 'void', 'reject_void') })
    expect(page.get('.head .notice').text()).toContain('张建国 提出作废，等待另一名负责人复核')
    expect(page.get('details.rare').attributes('open')).toBeDefined()
    const [make, reject] = page.findAll('.rare button')
    await reject?.trigger('click')
    expect(page.get('#diversion').text()).toContain('不告知申请人')
    expect(page.get<HTMLTextAreaElement>('#diversion textarea').element.value).toBe('')
    await make?.trigger('click')
    expect(page.get<HTMLTextAreaElement>('#diversion textarea').element.value).toBe('与另一件重复')
    await page.get('#diversion').trigger('submit')
    await flushPromises()
    expect(posted(sent)[0]).toMatchObject({ path: '/api/v1/approval/cases/1/void', body: { version: 3, reason: '与另一件重复' } })
  })

  it('tells why something cannot be done', async () => {
    const { view: page } = await open()
    expect(page.get('.blocked').text()).toContain('还不能作出决定')
  })

  it('shows personal data only when asked, and says that it is recorded', async () => {
    const { view: page, sent } = await open((one) =>
      one.query.get('unmask') === 'true' ? { body: { ...view('1'), masked: false, parties: [{ ...view('1').parties[0], name: '王小芳' }] } } : undefined,
    )
    expect(sent.some((one) => one.query.has('unmask'))).toBe(false)
    await page.get('.unmask').trigger('click')
    await flushPromises()
    expect(page.get('.facts').text()).toContain('王小芳')
    expect(page.text()).toContain('已记入审计日志')
  })

  it.each([['materials', '.file'], ['papers', '.papers .entry']])('opens a file of the %s only at a click: each look is recorded', async (tab, button) => {
    const withFiles: CaseView = {
      ...view('1'),
      materials: view('1').materials.map((one) => ({ ...one, files: [{ id: 'f1', file_name: 'plan.png', media_type: 'image/png', size: 9 }] })),
      papers: [{ id: 'p1', kind: 'accepted', number: '1', title: '受理通知书', frozen_at: '2026-11-22T01:00:00Z' }],
    }
    const { view: page } = await open((sent) => (sent.path.endsWith('/cases/1') ? { body: withFiles } : undefined))
    await page.get(`[role="tab"][id$="${tab}"]`).trigger('click')
    await flushPromises()
    expect([page.find('.viewer').exists(), page.text().includes('请选择要查看的文件')]).toEqual([false, true])
    await page.get(button).trigger('click')
    await flushPromises()
    expect(page.find('.viewer').exists()).toBe(true)
  })

  it('keeps what was marked, case by case', async () => {
    const first = await open()
    await first.view.get('.fix').trigger('click')
    await flushPromises()
    const second = await open(undefined, '2')
    expect(second.view.find('.fix[aria-pressed="true"]').exists()).toBe(false)
    const again = await open()
    expect(again.view.find('.fix[aria-pressed="true"]').exists()).toBe(true)
  })
})

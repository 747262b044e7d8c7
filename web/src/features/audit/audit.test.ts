import { expect, it } from 'vitest'
import zh from '@/locales/zh-CN/audit.json'
import { actionOf, actorOf, kindOf, roleOf } from './model'

it('says actions and objects in words, unknown ones by their code', () => {
  expect(actionOf({ action: 'identity.session.started' })).toBe('登录')
  expect(actionOf({ action: 'approval.case.unmask' })).toBe('查看完整个人信息')
  expect(actionOf({ action: 'approval.case.something_new' })).toBe('approval.case.something_new')
  expect([{ acting_as: 'clerk' }, { acting_as: 'consumer:intake' }, { acting_as: 'else:x' }].map(roleOf)).toEqual(['经办人', '后台处理', 'else:x'])
  expect([kindOf({ object_kind: 'case' }), kindOf({ object_kind: 'something' })]).toEqual(['办件', 'something'])
})

it('names who did it as well as the answer can', () => {
  const nobody = '00000000-0000-0000-0000-000000000000'
  expect(actorOf({ actor_id: nobody, actor_name: null })).toEqual({ name: zh.system, isId: false })
  expect(actorOf({ actor_id: 'u1', actor_name: null })).toEqual({ name: 'u1', isId: true })
  expect(actorOf({ actor_id: 'u1', actor_name: '刘洋（clerk_hr）' })).toEqual({ name: '刘洋（clerk_hr）', isId: false })
})

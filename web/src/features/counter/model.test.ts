import { describe, expect, it } from 'vitest'
import type { Presented } from './api'
import { foundOf, keysOf, labelKey, missingOf, NOBODY, tidy } from './model'

const company: Presented = { organisation: true, name: '长沙样例餐饮管理有限公司', id_number: '91430102MATB000187', phone: '19900000003', agent_name: '陈示例', agent_id_number: '' }

describe('who stands at the counter', () => {
  it('is asked for more where he applies for an organisation', () => {
    expect(keysOf(NOBODY)).toEqual(['name', 'id_number', 'phone'])
    expect(missingOf(company)).toEqual(['agent_id_number'])
    expect(labelKey('id_number', company)).toBe('person.credit_code')
    expect(labelKey('id_number', NOBODY)).toBe('person.id_number')
  })

  it('is sent without what belongs to the other kind', () => {
    expect(tidy({ ...company, organisation: false })).toMatchObject({ agent_name: '', agent_id_number: '', name: company.name })
    expect(tidy(company)).toBe(company)
  })

  it('is told what the server found, field by field', () => {
    const fields = [
      { path: '/applicant/id_number', code: 'identity_number.checksum', args: {}, message: '公民身份号码校验不通过，请逐位核对' },
      { path: '/situation/reason', code: 'x', args: {}, message: 'x' },
    ]
    expect(foundOf(fields)).toEqual({ id_number: '公民身份号码校验不通过，请逐位核对' })
  })
})

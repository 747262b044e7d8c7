import { expect, it } from 'vitest'
import { jointFor } from './match'

const cards = [
  { name: '开办餐饮店', summary: '开饭店、奶茶店、小吃店，一次办好食品经营许可、消防安全检查和门头招牌。' },
  { name: '新生儿出生', summary: '出生医学证明、落户和医保参保一次办好。' },
]
const found = (q: string) => jointFor(q, cards).map((card) => card.name)

it('finds a matter by its name, a part of it, and what people call it', () => {
  for (const q of ['开办餐饮店', '餐饮店', ' 我要开办餐饮店 ', '开奶茶店', '奶茶店', '我想开饭店']) expect(found(q), q).toEqual(['开办餐饮店'])
  expect(found('新生儿')).toEqual(['新生儿出生'])
})

it('does not push itself forward', () => {
  for (const q of ['', '店', '失业登记', '食品安全投诉举报', '<b>x</b>']) expect(found(q), q).toEqual([])
})

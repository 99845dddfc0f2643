import { describe, expect, test } from 'vitest'
import { checkMessageBlocks, checkView } from '../../src/sandbox/slack/block-kit/check.ts'
import { actions, button, input, modal, plain } from './tiny-app.ts'

const mrkdwn = (text: string) => ({ type: 'mrkdwn', text })
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) })
const option = (value: string) => ({ text: plain(value), value })
const options = (count: number) => Array.from({ length: count }, (_, index) => option(`o${index}`))
const rich = (...elements: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
})

const pie = (...values: number[]) => ({
  type: 'data_visualization',
  title: 'Pies',
  chart: { type: 'pie', segments: values.map((value, index) => ({ label: `Pie ${index}`, value })) },
})
const line = (categories: string[], ...series: [name: string, labels: string[]][]) => ({
  type: 'data_visualization',
  title: 'Lines',
  chart: {
    type: 'line',
    series: series.map(([name, labels]) => ({ name, data: labels.map((label) => ({ label, value: -1 })) })),
    axis_config: { categories, x_label: 'Month' },
  },
})

describe('a message of every block', () => {
  test.each([
    ['section', section('x'.repeat(3000))],
    ['section with fields', { type: 'section', fields: [mrkdwn('a'), plain('b')] }],
    ['section with an accessory', { ...section('a'), accessory: { type: 'overflow', options: options(5) } }],
    ['header', { type: 'header', text: plain('x'.repeat(150)) }],
    ['context', { type: 'context', elements: [mrkdwn('a'), plain('b')] }],
    ['divider', { type: 'divider' }],
    ['actions', actions(button('a'), { type: 'static_select', action_id: 'b', options: options(100) })],
    ['rich text', rich({ type: 'text', text: 'hi ', style: { bold: true } }, { type: 'user', user_id: 'U123' })],
    ['quote', { type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: 'a' }] }] }],
    ['markdown', { type: 'markdown', text: '**a**' }],
    ['table', { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] }],
    ['pie', pie(1, 2, 3, 4, 5, 6)],
    ['line', line(['Jan', 'Feb'], ['Kudos', ['Feb', 'Jan']], ['People', ['Jan', 'Feb']])],
  ])('%s is fine', (_, block) => {
    expect(checkMessageBlocks([block])).toEqual([])
  })
})

describe('what Slack would not take', () => {
  test.each<[string, unknown, string]>([
    ['an empty text', section(''), 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
    [
      'a long section',
      section('x'.repeat(3001)),
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    ['a section of nothing', { type: 'section' }, 'missing required field: text [json-pointer:/blocks/0]'],
    ['a long header', { type: 'header', text: plain('x'.repeat(151)) }, 'must be less than 151 characters'],
    ['a mrkdwn header', { type: 'header', text: mrkdwn('a') }, 'must be one of: plain_text'],
    ['a slice of nothing', pie(1, 0), 'must be more than 0'],
    ['seven slices', pie(1, 1, 1, 1, 1, 1, 1), 'no more than 6 items allowed'],
    ['a long title of a chart', { ...pie(1), title: 'x'.repeat(51) }, 'must be less than 51 characters'],
    ['a long category', line(['x'.repeat(21)], ['Kudos', ['x'.repeat(21)]]), 'must be less than 21 characters'],
    ['a series with a hole', line(['Jan', 'Feb'], ['Kudos', ['Jan']]), 'labels of a series must match the categories'],
    ['two series of a name', line(['Jan'], ['Kudos', ['Jan']], ['Kudos', ['Jan']]), 'series must have unique names'],
    ['a chart without axes', { ...pie(1), chart: { type: 'bar', series: [] } }, 'missing required field: axis_config'],
    ['an unknown chart', { ...pie(1), chart: { type: 'radar' } }, 'unsupported type: radar'],
    ['an unknown block', { type: 'kudos' }, 'unsupported type: kudos [json-pointer:/blocks/0/type]'],
    [
      'an unknown element',
      actions({ type: 'lever' }),
      'unsupported type: lever [json-pointer:/blocks/0/elements/0/type]',
    ],
    [
      'an unknown property',
      { type: 'divider', color: 'red' },
      'invalid additional property: color [json-pointer:/blocks/0]',
    ],
    ['a long button', actions({ ...button('a'), text: plain('x'.repeat(76)) }), 'must be less than 76 characters'],
    ['a long value', actions(button('a', 'x'.repeat(2001))), 'must be less than 2001 characters'],
    ['an empty value', actions(button('a', '')), 'must be more than 0 characters'],
    ['a long action_id', actions(button('a'.repeat(256))), 'must be less than 256 characters'],
    ['a style of its own', actions({ ...button('a'), style: 'secondary' }), 'must be one of: primary, danger'],
    ['26 elements', actions(...Array.from({ length: 26 }, (_, i) => button(`a${i}`))), 'no more than 25 items allowed'],
    ['no elements', actions(), 'must provide at least 1 items'],
    [
      '11 context elements',
      { type: 'context', elements: Array(11).fill(mrkdwn('a')) },
      'no more than 10 items allowed',
    ],
    ['11 fields', { type: 'section', fields: Array(11).fill(mrkdwn('a')) }, 'no more than 10 items allowed'],
    ['6 overflow options', actions({ type: 'overflow', options: options(6) }), 'no more than 5 items allowed'],
    ['101 options', actions({ type: 'static_select', options: options(101) }), 'no more than 100 items allowed'],
    ['a select without options', actions({ type: 'static_select' }), 'must have either options or option_groups'],
    [
      'a foreign initial option',
      actions({ type: 'static_select', options: options(2), initial_option: option('z') }),
      'initial option must be exactly one of the options',
    ],
    [
      'a value twice',
      actions({ type: 'overflow', options: [option('a'), option('a')] }),
      'options must have unique values',
    ],
    [
      'a value twice, in two groups',
      actions({
        type: 'static_select',
        option_groups: ['x', 'y'].map((name) => ({ label: plain(name), options: [option('a')] })),
      }),
      'options must have unique values',
    ],
    ['11 checkboxes', actions({ type: 'checkboxes', options: options(11) }), 'no more than 10 items allowed'],
    ['11 radio buttons', actions({ type: 'radio_buttons', options: options(11) }), 'no more than 10 items allowed'],
    [
      'more initial people than may be chosen',
      actions({ type: 'multi_users_select', max_selected_items: 1, initial_users: ['U123', 'U456'] }),
      'must not have more initial items than max_selected_items',
    ],
    [
      'more initial options than may be chosen',
      actions({
        type: 'multi_static_select',
        max_selected_items: 1,
        options: options(2),
        initial_options: options(2),
      }),
      'must not have more initial items than max_selected_items',
    ],
    ['the same action_id twice', actions(button('a'), button('a')), '`action_id` "a" already exists'],
    ['an input in a message', input('b', { type: 'plain_text_input' }), 'unsupported type: input'],
    ['an empty rich text piece', rich({ type: 'text', text: '' }), 'must be more than 0 characters'],
    ['a user who is none', rich({ type: 'user', user_id: 'ann' }), 'failed to match schema'],
    [
      'a text for a text object',
      { type: 'header', text: 'Hi' },
      'must provide an object [json-pointer:/blocks/0/text]',
    ],
  ])('%s', (_, block, problem) => {
    expect(checkMessageBlocks([block]).join('\n')).toContain(problem)
  })

  test('three charts, and two tables', () => {
    const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] }
    expect(checkMessageBlocks([pie(1), pie(1), table])).toEqual([])
    expect(checkMessageBlocks([pie(1), pie(1), pie(1)]).join()).toContain('no more than 2 data_visualization blocks')
    expect(checkMessageBlocks([table, table]).join()).toContain('only one table allowed')
  })

  test('51 blocks, and a block_id twice', () => {
    expect(checkMessageBlocks(Array(51).fill(section('a')))).toEqual([
      'no more than 50 items allowed [json-pointer:/blocks]',
    ])
    const twice = [section('a'), section('b')].map((block) => ({ ...block, block_id: 'same' }))
    expect(checkMessageBlocks(twice)).toEqual(['`block_id` "same" already exists [json-pointer:/blocks/1/block_id]'])
  })

  test('every problem is told at once', () => {
    expect(checkMessageBlocks([section(''), { type: 'kudos' }])).toHaveLength(2)
  })
})

describe('views', () => {
  const field = input('b', { type: 'plain_text_input', action_id: 'a' })

  test('a modal with an input', () => {
    expect(checkView(modal([field]), 'modal')).toEqual([])
    expect(checkView(modal([field], { submit: undefined }), 'modal').join()).toContain('must define `submit`')
  })

  test.each<[string, object]>([
    ['title', { title: plain('x'.repeat(25)) }],
    ['submit', { submit: plain('x'.repeat(25)) }],
    ['close', { close: plain('x'.repeat(25)) }],
    ['private_metadata', { private_metadata: 'x'.repeat(3001) }],
    ['blocks', { blocks: Array(101).fill({ type: 'divider' }) }],
    ['colour', { colour: 'red' }],
  ])('%s has its limits', (name, change) => {
    expect(checkView({ ...modal([field]), ...change }, 'modal').join()).toContain(name)
  })

  test.each<[string, object, string]>([
    ['a long label', { ...field, label: plain('x'.repeat(2001)) }, 'must be less than 2001 characters'],
    [
      'a shortest that is longer than the longest',
      input('b', { type: 'plain_text_input', min_length: 6, max_length: 5 }),
      'min_length must not be more than max_length',
    ],
    [
      'more text than fits',
      input('b', { type: 'plain_text_input', initial_value: 'x'.repeat(6), max_length: 5 }),
      'initial_value is longer than max_length',
    ],
    ['a button to fill in', input('b', button('a')), 'unsupported type: button'],
    ['an external menu', input('b', { type: 'external_select', action_id: 'a' }), 'unsupported type: external_select'],
  ])('%s is refused', (_, block, problem) => {
    expect(checkView(modal([block]), 'modal').join()).toContain(problem)
  })

  test('two elements can’t both have the focus', () => {
    const focused = (id: string) => input(id, { type: 'plain_text_input', action_id: 'a', focus_on_load: true })
    expect(checkView(modal([focused('b')]), 'modal')).toEqual([])
    expect(checkView(modal([focused('b'), focused('c')]), 'modal').join()).toContain('only one element')
  })

  test('a Home tab has no title', () => {
    expect(checkView({ type: 'home', blocks: [field] }, 'home')).toEqual([])
    expect(checkView({ type: 'home', blocks: [field], title: plain('a') }, 'home')).toHaveLength(1)
  })
})

import type { EChartsCoreOption } from 'echarts/core'
import { computed, type Ref } from 'vue'
import type { Analyte, Result, Source } from '../api/types'
import { useI18n } from '../i18n'
import { useFormat } from './useFormat'
import type { SourceStyle } from './useSourceStyles'

/** A result that has a place in the chart. */
interface Point {
  at: number
  value: number
  result: Result
}

/** Room above and below the values, as a part of their span. */
const MARGIN = 0.12
const DAY = 24 * 3600 * 1000
const POINT_SIZE = 11

/** Values of one analyte over time, a series of points per source, over the reference band. */
export function useResultChart(
  analyte: Ref<Analyte>,
  sources: Ref<Source[]>,
  styleOf: (key: string) => SourceStyle,
) {
  const { pick } = useI18n()
  const { dateTime, day } = useFormat()

  const points = computed(() =>
    analyte.value.results
      .flatMap((result): Point[] =>
        result.collectedAt !== null && result.value !== null
          ? [{ at: Date.parse(result.collectedAt), value: result.value, result }]
          : [],
      )
      .sort((a, b) => a.at - b.at),
  )

  /** The newest range that was reported; ranges of older results stand in the table. */
  const reference = computed(
    () => analyte.value.results.find(({ low, high }) => low !== null || high !== null) ?? null,
  )

  const extent = computed(() => {
    const marks = [reference.value?.low, reference.value?.high].filter((mark) => typeof mark === 'number')
    const values = [...points.value.map(({ value }) => value), ...marks]
    const least = Math.min(...values)
    const most = Math.max(...values)
    const margin = (most - least || Math.abs(most) || 1) * MARGIN
    return { min: least >= 0 ? Math.max(0, least - margin) : least - margin, max: most + margin }
  })

  /** Said outright: left to itself, the axis shows decades around a single value. */
  const period = computed(() => {
    const times = points.value.map(({ at }) => at)
    const first = Math.min(...times)
    const last = Math.max(...times)
    const margin = Math.max((last - first) * 0.05, 2 * DAY)
    return { min: first - margin, max: last + margin }
  })

  function tip(point: Point): HTMLElement {
    const source = sources.value.find(({ key }) => key === point.result.source)
    const box = document.createElement('div')
    const lines = [
      dateTime(point.result.collectedAt ?? ''),
      [point.result.text, analyte.value.unit].filter(Boolean).join(' '),
      point.result.laboratory ? pick(point.result.laboratory) : '',
      source ? pick(source.name) : '',
    ]
    for (const text of new Set(lines.filter(Boolean))) {
      const line = document.createElement('div')
      line.textContent = text
      box.append(line)
    }
    return box
  }

  function scatterOf(source: Source) {
    const { token, shape } = styleOf(source.key)
    return {
      type: 'scatter',
      name: pick(source.name),
      symbol: shape,
      symbolSize: shape === 'diamond' ? POINT_SIZE + 3 : POINT_SIZE,
      z: 3,
      data: points.value
        .filter(({ result }) => result.source === source.key)
        .map((point) => ({
          value: [point.at, point.value],
          point,
          itemStyle: {
            color: colour(token),
            borderColor: colour(outOfRange(point.result) ? '--bad' : '--surface'),
            borderWidth: 2,
            opacity: 1,
          },
        })),
    }
  }

  const option = computed<EChartsCoreOption>(() => ({
    animationDuration: 250,
    textStyle: { fontFamily: colour('--font') },
    grid: { left: 8, right: 20, top: 16, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      trigger: 'item',
      confine: true,
      borderColor: colour('--line'),
      textStyle: { color: colour('--ink'), fontSize: 13 },
      formatter: ({ data }: { data: { point: Point } }) => tip(data.point),
    },
    xAxis: {
      type: 'time',
      ...period.value,
      axisLabel: { color: colour('--ink-faint'), hideOverlap: true, formatter: (at: number) => day(at) },
      axisLine: { lineStyle: { color: colour('--line') } },
      axisTick: { show: false },
      minInterval: DAY,
    },
    yAxis: {
      type: 'value',
      ...extent.value,
      axisLabel: { color: colour('--ink-faint'), showMinLabel: false, showMaxLabel: false },
      splitLine: { lineStyle: { color: colour('--line-soft') } },
    },
    series: [
      {
        type: 'line',
        silent: true,
        symbol: 'none',
        lineStyle: { color: colour('--idle'), width: 1.2, opacity: 0.55 },
        data: points.value.map(({ at, value }) => [at, value]),
        markArea: reference.value
          ? {
              silent: true,
              itemStyle: { color: colour('--band'), opacity: 0.55 },
              data: [
                [
                  { yAxis: reference.value.low ?? extent.value.min },
                  { yAxis: reference.value.high ?? extent.value.max },
                ],
              ],
            }
          : undefined,
      },
      ...sources.value.map(scatterOf),
    ],
  }))

  return { option, band: computed(() => reference.value?.range ?? null) }
}

function outOfRange({ flag }: Result): boolean {
  return flag !== null && flag !== 'normal'
}

/** The value of a token of tokens.css. */
function colour(token: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim()
}

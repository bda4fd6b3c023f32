import { LineChart, ScatterChart } from 'echarts/charts'
import { GridComponent, MarkAreaComponent, TooltipComponent } from 'echarts/components'
import { init, use, type ECharts, type EChartsCoreOption } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { onBeforeUnmount, onMounted, watch, type Ref } from 'vue'

use([LineChart, ScatterChart, GridComponent, MarkAreaComponent, TooltipComponent, CanvasRenderer])

/** Draws {@code option} into {@code element} and keeps to its size. */
export function useChart(element: Readonly<Ref<HTMLElement | null>>, option: Ref<EChartsCoreOption>) {
  let chart: ECharts | undefined
  let sizes: ResizeObserver | undefined

  onMounted(() => {
    if (!element.value) return
    chart = init(element.value)
    chart.setOption(option.value)
    sizes = new ResizeObserver(() => chart?.resize())
    sizes.observe(element.value)
  })
  watch(option, (next) => chart?.setOption(next, { notMerge: true }))
  onBeforeUnmount(() => {
    sizes?.disconnect()
    chart?.dispose()
  })
}

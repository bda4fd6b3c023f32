import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import type { ViewName } from './api/types'

declare module 'vue-router' {
  interface RouteMeta {
    view?: ViewName
  }
}

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('./views/HomeView.vue') },
  {
    path: '/feeds',
    name: 'feeds',
    component: () => import('./views/FeedsView.vue'),
    meta: { view: 'feeds' },
  },
  {
    path: '/results/:patientId?',
    name: 'results',
    component: () => import('./views/ResultsView.vue'),
    meta: { view: 'results' },
  },
  { path: '/:rest(.*)*', name: 'not-found', component: () => import('./views/NotFoundView.vue') },
]

export const router = createRouter({ history: createWebHistory('/console/'), routes })

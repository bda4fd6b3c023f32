import { createApp } from 'vue'
import './style/elements'
import './style/tokens.css'
import './style/base.css'
import App from './App.vue'
import { router } from './router'

createApp(App).use(router).mount('#app')

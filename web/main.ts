import { mount } from 'svelte';
import App from './App.svelte';
import './drawings.css';
import { startSpeaking } from './language.svelte.ts';
import './styles.css';

await startSpeaking();
mount(App, { target: document.getElementById('app')! });

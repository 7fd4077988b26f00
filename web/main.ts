import { mount } from 'svelte';
import App from './App.svelte';
import './drawings.css';
import './styles.css';

mount(App, { target: document.getElementById('app')! });

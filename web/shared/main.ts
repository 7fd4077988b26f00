import { mount } from 'svelte';
import '../drawings.css';
import { startSpeaking } from '../language.svelte.ts';
import '../live/lit.css';
import '../styles.css';
import SharedQuery from './SharedQuery.svelte';

await startSpeaking();
mount(SharedQuery, { target: document.getElementById('app')!, props: { token: location.pathname.split('/').at(-1) ?? '' } });

import { mount } from 'svelte';
import { language, startSpeaking } from '../language.svelte.ts';
import '../styles.css';
import Operator from './Operator.svelte';
import { wordsOf } from './words.ts';

await startSpeaking();
mount(Operator, { target: document.getElementById('app')!, props: { words: wordsOf(language.current) } });

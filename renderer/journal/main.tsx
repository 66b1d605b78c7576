import { mount } from '../ui/mount.tsx'
import { Journal } from './Journal.tsx'
import './journal.css'
import './extract.css'

void mount('journal', (view) => <Journal view={view} />)

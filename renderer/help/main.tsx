import { mount } from '../ui/mount.tsx'
import { Help } from './Help.tsx'
import './help.css'

void mount('help', (view) => <Help view={view} />)

import { mount } from '../ui/mount.tsx'
import { Fault } from './Fault.tsx'
import '../ui/dialog.css'
import './fault.css'

void mount('fault', (view) => <Fault view={view} />)

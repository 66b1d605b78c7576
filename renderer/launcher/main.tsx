import { mount } from '../ui/mount.tsx'
import { Launcher } from './Launcher.tsx'
import './launcher.css'

void mount('launcher', (view) => <Launcher view={view} />)

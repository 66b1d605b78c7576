import { mount } from '../ui/mount.tsx'
import { Veil } from './Veil.tsx'
import './veil.css'

void mount('veil', (view) => <Veil view={view} />)

import { mount } from '../ui/mount.tsx'
import { Connections } from './Connections.tsx'
import './connections.css'

void mount('connections', (view) => <Connections view={view} />)

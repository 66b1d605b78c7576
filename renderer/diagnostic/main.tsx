import { mount } from '../ui/mount.tsx'
import { Diagnostic } from './Diagnostic.tsx'
import './diagnostic.css'

void mount('diagnostic', (view) => <Diagnostic view={view} />)

import { mount } from '../ui/mount.tsx'
import { Identification } from './Identification.tsx'
import '../ui/dialog.css'
import './identification.css'
import './recent.css'

void mount('identification', (view) => <Identification view={view} />)

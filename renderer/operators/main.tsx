import { mount } from '../ui/mount.tsx'
import { Operators } from './Operators.tsx'
import './operators.css'
import './sheet.css'

void mount('operators', (view) => <Operators view={view} />)

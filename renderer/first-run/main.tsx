import { mount } from '../ui/mount.tsx'
import { WithView } from '../ui/WithView.tsx'
import { FirstRun } from './FirstRun.tsx'
import '../ui/dialog.css'
import './first-run.css'

mount(<WithView of="first-run">{(view) => <FirstRun view={view} />}</WithView>)

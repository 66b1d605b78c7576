import { mount } from '../ui/mount.tsx'
import { WithView } from '../ui/WithView.tsx'
import { Closing } from './Closing.tsx'
import '../ui/dialog.css'

mount(<WithView of="closing">{(view) => <Closing view={view} />}</WithView>)

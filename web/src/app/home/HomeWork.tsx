import { useObject } from '@/api';
import { TasksPanel } from './TasksPanel';
import { WorkPanels } from './WorkPanels';
import type { Whose } from './whose';
import { taskFields } from './workFields';

/** The work of the day: the tasks, then what waits without being a task. */
export function HomeWork({ whose, nothingYet }: { whose: Whose; nothingYet: boolean }) {
  const task = useObject('task');
  const model = task?.permissions.read ? taskFields(task) : undefined;
  return (
    <>
      {task && model && <TasksPanel object={task} model={model} whose={whose} />}
      {!nothingYet && <WorkPanels whose={whose} />}
    </>
  );
}

import { actionFor } from './dead-letter-actions';
import { UsageError } from './run-command';

describe(actionFor.name, () => {
  it.each([
    ['list', []],
    ['show email_tasks', []],
    ['redrive email_tasks', []],
    ['redrive email_tasks', ['1', '2']],
    ['discard email_tasks', ['1']],
  ])('understands "%s" with the ids %j', (words, ids) => {
    expect(() => actionFor(words.split(' '), ids)).not.toThrow();
  });

  it.each([
    ['', [], 'There is no command ""'],
    ['delete email_tasks', [], 'There is no command "delete"'],
    ['list email_tasks', [], 'lists every queue'],
    ['show', [], 'Which queue?'],
    ['show email_tasks', ['1'], 'shows all of a queue'],
    ['redrive', [], 'Which queue?'],
    ['redrive email_tasks sms', [], 'One queue at a time'],
    ['discard email_tasks', [], 'Each needs its --id'],
  ])('refuses "%s" with the ids %j', (words, ids, text) => {
    const refused = () => actionFor(words.split(' '), ids);
    expect(refused).toThrow(UsageError);
    expect(refused).toThrow(text);
  });

  it('asks for a command', () => {
    expect(() => actionFor([])).toThrow('Which command?');
  });
});

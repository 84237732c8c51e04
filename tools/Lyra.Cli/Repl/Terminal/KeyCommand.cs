using System;
using RadLine;

namespace Lyra.Cli.Repl.Terminal;

/// <summary>The only command that RadLine's keys are bound to.</summary>
/// <param name="onKey">Does what the key means.</param>
internal sealed class KeyCommand(Action<LineEditorContext> onKey) : LineEditorCommand
{
    public override void Execute(LineEditorContext context) => onKey(context);
}

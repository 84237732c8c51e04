using System;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Library;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// The hint in a TypeError of a call whose callee is a variable with the name of a builtin: <c>let sum = 5; sum([1])</c>.
/// </summary>
internal static class HiddenBuiltin
{
    /// <summary>
    /// The end of the message; empty if the call of the running frame has no such name as callee, or the host calls.
    /// </summary>
    public static string HintFor(FrameContext frames)
    {
        if (frames.Stack.Top < 0)
        {
            return string.Empty;
        }

        Frame frame = frames.Stack.Running;
        return NameAt(frames, frame.Closure.Prototype, frame.Pc - 1) is { } name && LibraryTable.FindBuiltin(name) is not null
            ? $"; the variable '{name}' hides the builtin {name} here"
            : string.Empty;
    }

    /// <summary>The word at the source position of an instruction, unless it is a member; null if there is none.</summary>
    private static string? NameAt(FrameContext frames, Prototype code, int pc)
    {
        if ((uint)pc >= (uint)code.Positions.Length)
        {
            return null;
        }

        (int line, int column) = SourcePosition.Unpack(code.Positions[pc]);

        // The lines before it are read.
        frames.Charge(line >> 2);
        ReadOnlySpan<char> text = code.Source.LineText(line);
        if (column < 1 || column > text.Length || (column > 1 && text[column - 2] == '.'))
        {
            return null;
        }

        int end = column - 1;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        return text[(column - 1)..end].ToString();
    }
}

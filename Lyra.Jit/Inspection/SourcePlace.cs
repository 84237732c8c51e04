using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Inspection;

/// <summary>A place of a script, for people.</summary>
/// <param name="Proc">The proc.</param>
/// <param name="File">The file, as the host named it.</param>
/// <param name="Line">The 1-based line.</param>
/// <param name="Text">The text of the line, trimmed.</param>
internal readonly record struct SourcePlace(string Proc, string File, int Line, string Text)
{
    /// <summary>The place of an instruction.</summary>
    public static SourcePlace Of(LinkedPrototype code, int pc)
    {
        Prototype prototype = code.Prototype;
        int line = prototype.PositionAt(pc).Line;
        return new SourcePlace(prototype.Name, prototype.Source.FileName, line, prototype.Source.LineText(line).Trim());
    }
}

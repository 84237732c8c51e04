namespace Lyra.Interpreter.Syntax;

/// <summary>The kind of code being parsed: it decides whether <c>return</c>, <c>yield</c> and <c>await</c> are allowed.</summary>
internal enum ProcPlace : byte
{
    TopLevel,
    Proc,
    AsyncProc,

    /// <summary>The default of a struct's field, evaluated in a constructor.</summary>
    Field,
}

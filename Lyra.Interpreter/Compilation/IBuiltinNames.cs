namespace Lyra.Interpreter.Compilation;

/// <summary>The names of the library that the compiler needs.</summary>
internal interface IBuiltinNames
{
    /// <summary>Whether a builtin of this name is always in scope: <c>print</c>.</summary>
    bool IsBuiltin(string name);

    /// <summary>Whether there is a library module of this name: <c>math</c>.</summary>
    bool IsModule(string name);

    /// <summary>Whether a library module has this member: <c>math</c>, <c>sqrt</c>.</summary>
    bool IsModuleMember(string module, string member);
}

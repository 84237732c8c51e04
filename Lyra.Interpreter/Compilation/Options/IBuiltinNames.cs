using Lyra.Runtime.Execution;

namespace Lyra.Interpreter.Compilation.Options;

/// <summary>Queries about the names of the library.</summary>
internal interface IBuiltinNames
{
    /// <summary>Whether a builtin of this name exists, for example <c>print</c>. Builtins are always in scope.</summary>
    bool IsBuiltin(string name);

    /// <summary>Whether a library module of this name exists, for example <c>math</c>.</summary>
    bool IsModule(string name);

    /// <summary>Whether a library module has this member, for example <c>sqrt</c> of <c>math</c>.</summary>
    bool IsModuleMember(string module, string member);

    /// <summary>The proc of a qualified name such as <c>math.sqrt</c>; null if there is none, and for constants.</summary>
    Intrinsic? FindProc(string qualifiedName);

    /// <summary>
    /// Whether <c>x.name</c> is a bound method for values of this kind: a method of the type or a builtin, and no property.
    /// </summary>
    bool IsMethod(ValueKind kind, string name);

    /// <summary>Whether iterators have a method of this name, which closes a receiver that the expression of the call has made.</summary>
    bool ClosesReceiver(string method);

    /// <summary>
    /// Whether a method, or the proc of a module, closes iterators among its arguments that the expression of the call has made. Builtins
    /// leave them open.
    /// </summary>
    bool ClosesArguments(string callee);

    /// <summary>Whether <c>x.name</c> is a bound method for some built-in type, and a property of none.</summary>
    bool IsMethodOfAny(string name);
}

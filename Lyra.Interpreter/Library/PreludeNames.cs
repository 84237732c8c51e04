using Lyra.Interpreter.Compilation.Options;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;

namespace Lyra.Interpreter.Library;

/// <summary>The names of the library, and those that only the prelude may use.</summary>
internal sealed class PreludeNames : IBuiltinNames
{
    private static readonly LibraryNames Library = LibraryNames.Instance;

    public bool IsBuiltin(string name) => Library.IsBuiltin(name);

    public bool IsModule(string name) => name == LibraryTable.Prelude.Name;

    public bool IsModuleMember(string module, string member) => LibraryTable.Prelude.FindProc(member) is not null;

    public Intrinsic? FindProc(string qualifiedName) => Library.FindProc(qualifiedName);

    public bool IsMethod(ValueKind kind, string name) => Library.IsMethod(kind, name);

    public bool ClosesReceiver(string method) => Library.ClosesReceiver(method);

    public bool ClosesArguments(string callee) => Library.ClosesArguments(callee);

    public bool IsMethodOfAny(string name) => Library.IsMethodOfAny(name);
}

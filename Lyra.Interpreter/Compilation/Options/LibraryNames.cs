using Lyra.Runtime.Library;

namespace Lyra.Interpreter.Compilation.Options;

/// <summary>The names of the library, for the compiler.</summary>
internal sealed class LibraryNames : IBuiltinNames
{
    public static readonly LibraryNames Instance = new();

    private LibraryNames()
    {
    }

    public bool IsBuiltin(string name) => LibraryTable.FindBuiltin(name) is not null;

    public bool IsModule(string name) => LibraryTable.TryFindModule(name, out _);

    public bool IsModuleMember(string module, string member) =>
        LibraryTable.TryFindModule(module, out LibraryModule? found) && found.TryFindMember(member, out _);
}

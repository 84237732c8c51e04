using Lyra.Interpreter.Syntax;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;

namespace Lyra.Interpreter.Execution;

/// <summary>Finds and compiles the module that an import names.</summary>
internal interface IModuleResolver
{
    /// <summary>The canonical name of the module, the same for all importers: a full path or a key.</summary>
    /// <param name="path">The path as the import writes it.</param>
    /// <param name="importingFile">The name of the importing module; null for the main one of a host without files.</param>
    /// <exception cref="ScriptErrorException">ImportError: there is no such module, or the host does not allow it.</exception>
    string Resolve(string path, string? importingFile);

    /// <summary>The compiled module of a resolved name.</summary>
    /// <param name="resolvedName">The name.</param>
    /// <param name="meter">Counts the work of the compiler.</param>
    /// <exception cref="ScriptErrorException">ImportError: it can't be read or compiled. Or a limit ended the compilation.</exception>
    CompiledModule Load(string resolvedName, WorkMeter meter);
}

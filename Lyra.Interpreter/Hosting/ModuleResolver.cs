using System;
using Lyra.Interpreter.Execution;
using Lyra.Interpreter.Syntax;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Hosting;

namespace Lyra.Interpreter.Hosting;

/// <summary>Adapts the host's module loader to the interpreter. Each of its failures becomes an ImportError of the script.</summary>
internal sealed class ModuleResolver(
    IModuleLoader loader, int optimizationLevel, Func<string, bool> isGlobal, Func<string, bool> isHostEnum) : IModuleResolver
{
    public string Resolve(string path, string? importingFile)
    {
        string? name;
        try
        {
            name = loader.Resolve(path, importingFile ?? string.Empty);
        }
        catch (Exception e) when (e is not ScriptErrorException)
        {
            // The loader is code of the host; any exception of it is a failure of this import.
            throw Failed($"module '{path}' can't be imported: {HostTasks.MessageOf(e)}", e);
        }

        return name ?? throw Throw.Error(ErrorKinds.ImportError, $"there is no module '{path}'");
    }

    public CompiledModule Load(string resolvedName, WorkMeter meter)
    {
        string? source;
        try
        {
            source = ModuleTrees.Load(loader, resolvedName, meter);
        }
        catch (Exception e) when (e is not ScriptErrorException)
        {
            // See Resolve.
            throw Failed($"module {resolvedName} can't be read: {HostTasks.MessageOf(e)}", e);
        }

        if (source is null)
        {
            // The loader may have been compiled without nullable annotations.
            throw Throw.Error(ErrorKinds.ImportError, $"module {resolvedName} can't be read: the host's loader returned no source");
        }

        try
        {
            return ScriptCompiler.Compile(
                source, resolvedName, optimizationLevel, isGlobal, meter, new ScriptSurroundings(loader) { HostEnums = isHostEnum })
                .Module;
        }
        catch (LyraCompileException e)
        {
            throw Throw.Error(ErrorKinds.ImportError, $"module {resolvedName} does not compile: {e.Message}");
        }
    }

    private static ScriptErrorException Failed(string message, Exception cause) =>
        new(new ErrorObject(ErrorKinds.ImportError, message) { HostException = cause });
}

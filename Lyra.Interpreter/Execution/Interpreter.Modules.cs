using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>Finds and compiles the module that an import names.</summary>
internal interface IModuleResolver
{
    /// <summary>The one name of the module, wherever it is imported from: a full path, a key.</summary>
    /// <param name="path">The path as the import writes it.</param>
    /// <param name="importingFile">The name of the importing module; null for the main one of a host without files.</param>
    /// <exception cref="ScriptErrorException">ImportError: there is no such module, or the host does not allow it.</exception>
    string Resolve(string path, string? importingFile);

    /// <summary>The compiled module of a resolved name.</summary>
    /// <exception cref="ScriptErrorException">ImportError: it can't be read or compiled.</exception>
    CompiledModule Load(string resolvedName);
}

/// <content>Imports and linking.</content>
internal sealed partial class Interpreter
{
    private readonly Dictionary<string, ModuleInstance> _modules = [];
    private readonly Dictionary<string, ModuleInstance> _libraryModules = [];

    /// <summary>The imported modules whose top level is running, outermost first, with their resolved names.</summary>
    private readonly List<(string Name, ModuleInstance Module)> _importing = [];

    /// <summary>The modules imported so far, without those of the library.</summary>
    public IReadOnlyCollection<ModuleInstance> Modules => _modules.Values;

    /// <summary>How modules are found; null when the host allows none.</summary>
    public IModuleResolver? ModuleResolver { get; set; }

    /// <summary>The resolved name of the main module, so that a module that imports it back is a cycle.</summary>
    public string? MainModuleName { get; set; }

    /// <summary>Makes an instance of a compiled module and links its external names to the engine's globals.</summary>
    /// <param name="module">What to run.</param>
    /// <param name="name">Its name.</param>
    /// <param name="missing">The external names that the engine does not have, or that are assigned and can't be; the instance can't be run then.</param>
    public ModuleInstance Link(CompiledModule module, string name, out List<ExternalName> missing)
    {
        ModuleInstance instance = new(name, module, _settings.Tiers?.Thresholds ?? HeatThresholds.Never) { Context = this };
        missing = [];
        for (int i = 0; i < module.Externals.Length; i++)
        {
            if (Globals.TryGetValue(module.Externals[i].Name, out GlobalVariable? global) && !(global.IsReadOnly && module.Externals[i].IsAssigned))
            {
                instance.Externals[i] = global;
            }
            else
            {
                missing.Add(module.Externals[i]);
            }
        }

        HideBuiltins(instance);
        return instance;
    }

    /// <summary>A proc that the host defined under a builtin's name takes its place, also in a script that was compiled without knowing of it.</summary>
    private void HideBuiltins(ModuleInstance instance)
    {
        string[] names = instance.Compiled!.Builtins;
        for (int i = 0; i < names.Length; i++)
        {
            if (Globals.TryGetValue(names[i], out GlobalVariable? global) && global.Value.Ref is NativeProc native)
            {
                instance.Builtins[i] = native;
            }
        }
    }

    /// <summary>A library module as a value; null when there is none of this name.</summary>
    public ModuleInstance? LibraryModuleOf(string name)
    {
        if (_libraryModules.TryGetValue(name, out ModuleInstance? known))
        {
            return known;
        }

        if (!LibraryTable.TryFindModule(name, out LibraryModule? module))
        {
            return null;
        }

        ModuleInstance made = module.Instantiate();
        _libraryModules.Add(name, made);
        return made;
    }

    /// <summary>An import: a library module, one that is loaded already, or a new one whose top level runs next.</summary>
    /// <returns>Whether the frame of a new module was pushed.</returns>
    private bool Import(int target, LinkedPrototype linked, int constant)
    {
        string path = ((ScriptString)linked.Constants[constant].Ref!).Text;
        if (!path.Contains('/', StringComparison.Ordinal) && LibraryModuleOf(path) is { } library)
        {
            _stack[target] = Value.FromObject(library);
            return false;
        }

        if (ModuleResolver is not { } resolver)
        {
            throw Throw.Error(ErrorKinds.ImportError, $"module '{path}' can't be imported: the host provides no modules");
        }

        string name = resolver.Resolve(path, linked.Module.Name);
        if (_importing.Exists(m => m.Name == name) || name == MainModuleName)
        {
            throw Throw.Error(ErrorKinds.ImportError, $"modules import each other in a cycle: {CycleText(name)}");
        }

        if (_modules.TryGetValue(name, out ModuleInstance? loaded))
        {
            _stack[target] = Value.FromObject(loaded);
            return false;
        }

        ModuleInstance module = Link(resolver.Load(name), name, out List<ExternalName> missing);
        if (missing.Count > 0)
        {
            throw Throw.Error(ErrorKinds.ImportError, $"module '{path}' uses the undefined name '{missing[0].Name}' (line {missing[0].Line})");
        }

        int first = StackEnd();
        PushFrame(new Closure(module.Main!, []), first, target, FrameFlags.Module);
        _importing.Add((name, module));
        return true;
    }

    private string CycleText(string name)
    {
        int start = _importing.FindIndex(m => m.Name == name);
        IEnumerable<string> names = _importing.Skip(Math.Max(0, start)).Select(m => m.Name);
        return string.Join(" -> ", (start < 0 ? names.Prepend(name) : names).Append(name));
    }

    /// <summary>The top level of an imported module has returned.</summary>
    private Value FinishImport()
    {
        (string name, ModuleInstance module) = _importing[^1];
        _importing.RemoveAt(_importing.Count - 1);
        _modules[name] = module;
        return Value.FromObject(module);
    }

    private static Value ImportName(in Value module, in Value name)
    {
        string text = ((ScriptString)name.Ref!).Text;
        if (module.Ref is not ModuleInstance instance)
        {
            throw Throw.TypeError($"names can be imported from a module only, not from a value of type {Throw.TypeName(module)}");
        }

        if (!instance.TryGetExport(text, out int slot))
        {
            throw Throw.Error(ErrorKinds.ImportError, $"module {instance.Name} exports no '{text}'; mark it pub there");
        }

        return instance.Slots[slot].IsUnset ? throw Throw.ValueError($"'{text}' is used before its declaration has run") : instance.Slots[slot];
    }
}

using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>The modules of one engine: linking, imports, and the members of the library that code refers to by name.</summary>
/// <param name="frames">The stacks, onto which the frame of a module's top level is pushed.</param>
/// <param name="globals">The variables to which external names are linked.</param>
/// <param name="thresholds">The thresholds at which the loops and procs of a linked module are hot.</param>
internal sealed class ModuleTable(FrameContext frames, Dictionary<string, GlobalVariable> globals, HeatThresholds thresholds)
{
    private Dictionary<string, ModuleInstance>? _modules;

    /// <summary>The imported modules whose top level is running, outermost first, with their resolved names.</summary>
    private List<(string Name, ModuleInstance Module)>? _importing;

    private List<(string Name, ModuleInstance Module)> Importing => _importing ??= [];

    private Dictionary<string, ModuleInstance> LibraryModules => field ??= [];

    /// <summary>The modules imported so far, without those of the library.</summary>
    public IReadOnlyCollection<ModuleInstance> Imported => (IReadOnlyCollection<ModuleInstance>?)_modules?.Values ?? [];

    /// <summary>The modules imported so far, by their resolved names.</summary>
    public IReadOnlyDictionary<string, ModuleInstance> ByName =>
        _modules is null ? ReadOnlyDictionary<string, ModuleInstance>.Empty : _modules;

    /// <summary>Finds modules; null when the host allows none.</summary>
    public IModuleResolver? Resolver { get; set; }

    /// <summary>The resolved name of the main module, so that an import of it by a module is reported as a cycle.</summary>
    public string? MainName { get; set; }

    /// <summary>Replaces a module by the instrumented copy that a profile runs; null when no profile is made.</summary>
    public Func<CompiledModule, CompiledModule>? Instrument { get; set; }

    /// <summary>Makes an instance of a compiled module and links its external names to the engine's globals.</summary>
    /// <param name="module">The module.</param>
    /// <param name="name">Its name.</param>
    /// <param name="missing"> The external names that the engine does not have, that the module assigns although they are read-only, or
    /// that it uses as types although they are none; the instance can't be run if there are any.
    /// </param>
    public ModuleInstance Link(CompiledModule module, string name, out GrowableArray<ExternalName> missing)
    {
        ModuleInstance instance = Instantiate(name, module);
        missing = new();
        for (int i = 0; i < module.Externals.Length; i++)
        {
            ExternalName external = module.Externals[i];
            if (globals.TryGetValue(external.Name, out GlobalVariable? global) && !(global.IsReadOnly && external.IsAssigned)
                && !(external.IsType && !IsType(global.Value, external)))
            {
                instance.Externals[i] = global;
                if (external.TypeVariable >= 0)
                {
                    instance.Slots[external.TypeVariable] = global.Value;
                }
            }
            else
            {
                missing.Add(external);
            }
        }

        HideBuiltins(instance);
        return instance;
    }

    /// <summary>Whether a value is a type of the host. Only where a variable holds it, it may be an enum.</summary>
    private static bool IsType(in Value value, in ExternalName external) =>
        value.Ref is HostType || (external.TypeVariable >= 0 && value.Ref is HostEnumType);

    /// <summary>An instance of the prelude. Scripts can't reach it.</summary>
    public ModuleInstance LinkPrelude(CompiledModule prelude) => Instantiate(prelude.Source.FileName, prelude, isOfLyra: true);

    /// <summary>A library module as a value; null when there is none of this name.</summary>
    public ModuleInstance? LibraryModuleOf(string name)
    {
        if (LibraryModules.TryGetValue(name, out ModuleInstance? known))
        {
            return known;
        }

        if (!LibraryTable.TryFindModule(name, out LibraryModule? module))
        {
            return null;
        }

        ModuleInstance made = module.Instantiate();
        LibraryModules.Add(name, made);
        return made;
    }

    /// <summary>An import: a library module, one that is loaded already, or a new one whose top level runs next.</summary>
    /// <param name="target">The register that receives the module.</param>
    /// <param name="importing">The module that imports.</param>
    /// <param name="path">The path in the import statement.</param>
    /// <param name="limiter">The limits of the run, which hold for the compilation of the module, too.</param>
    /// <returns>Whether the frame of a new module was pushed.</returns>
    public bool Import(int target, ModuleInstance importing, string path, RunLimiter limiter)
    {
        if (!path.Contains('/', StringComparison.Ordinal) && LibraryModuleOf(path) is { } library)
        {
            frames.Stack.Registers[target] = Value.FromObject(library);
            return false;
        }

        if (importing.IsOfLyra)
        {
            // The prelude, whose members the compiler has resolved.
            frames.Stack.Registers[target] = Value.Nil;
            return false;
        }

        if (Resolver is not { } resolver)
        {
            throw Throw.Error(ErrorKinds.ImportError, $"module '{path}' can't be imported: the host provides no modules");
        }

        string name = resolver.Resolve(path, importing.Name);
        if (Importing.Exists(m => m.Name == name) || name == MainName)
        {
            throw Throw.Error(ErrorKinds.ImportError, $"modules import each other in a cycle: {CycleText(name)}");
        }

        if (_modules is not null && _modules.TryGetValue(name, out ModuleInstance? loaded))
        {
            frames.Stack.Registers[target] = Value.FromObject(loaded);
            return false;
        }

        frames.HasForeignAllocations = true;
        Start(target, path, name, Load(resolver, name, limiter));
        return true;
    }

    private ModuleInstance Instantiate(string name, CompiledModule module, bool isOfLyra = false)
    {
        CompiledModule code = Instrument?.Invoke(module) ?? module;
        frames.WidestProc = Math.Max(frames.WidestProc, code.WidestProc);
        return new ModuleInstance(name, code, thresholds) { Context = frames, IsOfLyra = isOfLyra };
    }

    /// <summary>Ends the innermost import, whose top level has returned.</summary>
    /// <returns>The module.</returns>
    public Value FinishImport()
    {
        (string name, ModuleInstance module) = Importing[^1];
        AbandonImport();
        (_modules ??= [])[name] = module;
        return Value.FromObject(module);
    }

    /// <summary>Ends the innermost import because of an error in its top level.</summary>
    public void AbandonImport() => Importing.RemoveAt(Importing.Count - 1);

    /// <summary>Forgets the imported modules, so that the next import of each runs its top level again.</summary>
    public void Reset()
    {
        _modules?.Clear();
        MainName = null;
    }

    /// <summary>Ends all imports.</summary>
    public void AbandonImports() => _importing?.Clear();

    /// <summary>An export of a module, for an import of names.</summary>
    public static Value ImportName(in Value module, in Value name)
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

        if (instance.Slots[slot].IsUnset)
        {
            throw ScriptErrors.UsedBeforeDeclaration(text);
        }

        return instance.Slots[slot];
    }

    /// <summary>The global that an external name of a module is linked to. Its declaration must have run.</summary>
    public static GlobalVariable External(ModuleInstance module, int index)
    {
        GlobalVariable external = module.Externals[index];
        if (external.Value.IsUnset)
        {
            throw ScriptErrors.UsedBeforeDeclaration(module.Compiled!.Externals[index].Name);
        }

        return external;
    }

    /// <summary>The builtin or library member that a module's code refers to by index, resolved at its first use.</summary>
    public Value BuiltinValue(ModuleInstance module, int index)
    {
        if (module.Builtins[index] is { } known)
        {
            return Value.FromObject(known);
        }

        Value value = LookUpBuiltin(module.Compiled!.Builtins[index]);
        if (value.Ref is NativeProc native)
        {
            module.Builtins[index] = native;
        }

        return value;
    }

    /// <summary>As <see cref="BuiltinValue"/>, for a call.</summary>
    /// <exception cref="ScriptErrorException">TypeError: it can't be called.</exception>
    public NativeProc ResolveBuiltin(ModuleInstance module, int index)
    {
        Value value = BuiltinValue(module, index);
        return value.Ref as NativeProc ?? throw Throw.TypeError($"a value of type {Throw.TypeName(value)} can't be called");
    }

    /// <summary>
    /// Replaces builtins by procs of the same name that the host defined, even in a script that was compiled without knowledge of them.
    /// </summary>
    private void HideBuiltins(ModuleInstance instance)
    {
        string[] names = instance.Compiled!.Builtins;
        for (int i = 0; i < names.Length; i++)
        {
            if (globals.TryGetValue(names[i], out GlobalVariable? global) && global.Value.Ref is NativeProc native)
            {
                instance.Builtins[i] = native;
            }
        }
    }

    private CompiledModule Load(IModuleResolver resolver, string name, RunLimiter limiter)
    {
        using CompilationCharge charge = new(frames, limiter);
        return resolver.Load(name, charge.Meter);
    }

    private void Start(int target, string path, string name, CompiledModule compiled)
    {
        ModuleInstance module = Link(compiled, name, out GrowableArray<ExternalName> missing);
        if (missing.Count > 0)
        {
            ExternalName first = missing[0];
            throw Throw.Error(ErrorKinds.ImportError, $"module '{path}' uses the undefined name '{first.Name}' (line {first.Line})");
        }

        frames.ChargeMemory(module.CodeBytes);
        frames.PushFrame(new Closure(module.Main!, []), frames.Stack.End, target, FrameFlags.Module);
        Importing.Add((name, module));
    }

    private string CycleText(string name)
    {
        int start = Importing.FindIndex(m => m.Name == name);
        IEnumerable<string> names = Importing.Skip(Math.Max(0, start)).Select(m => m.Name);
        return string.Join(" -> ", (start < 0 ? names.Prepend(name) : names).Append(name));
    }

    private Value LookUpBuiltin(string name)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return LibraryTable.FindBuiltin(name) is { } builtin
                ? Value.FromObject(builtin.Proc)
                : throw Throw.Error(ErrorKinds.ImportError, $"this version of Lyra has no builtin '{name}'");
        }

        if (LibraryTable.FindQualified(name) is { } row)
        {
            return Value.FromObject(row.Proc);
        }

        return LibraryModuleOf(name[..dot]) is { } module && module.TryGetExport(name[(dot + 1)..], out int slot)
            ? module.Slots[slot]
            : throw Throw.Error(ErrorKinds.ImportError, $"this version of Lyra has no '{name}'");
    }
}

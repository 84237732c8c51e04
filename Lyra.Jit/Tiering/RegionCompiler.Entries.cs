using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Building;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Tiering;

/// <content>The entry cells of compiled procs, with their bridges and entry stubs.</content>
internal sealed partial class RegionCompiler
{
    /// <summary>The procs that regions may call.</summary>
    public EntryTable Entries { get; } = new();

    /// <summary>Collects the frames of compiled procs that are being unwound.</summary>
    public Unwinding Unwinding { get; } = new();

    /// <summary>
    /// The cell for the signature of the profile's proc: an existing one, or a new one with an entry stub and a bridge.
    /// </summary>
    /// <exception cref="BuildAbortException">The proc has too many parameters.</exception>
    private EntryCell CellFor(RegionProfile profile)
    {
        EntrySignature signature = EntrySignature.Of(profile);
        LinkedPrototype code = profile.Root.Code;
        if (EntryTable.Of(code).Links.Find(signature) is { } cell)
        {
            return cell;
        }

        cell = EntryCell.Create(code, signature, MakeStub(code, signature));
        if (code.Kind == ProcKind.Async)
        {
            cell.Bridge = TaskBridge((EntryCell<EntryCode<GeneratorObject, Value>>)cell);
        }
        else if (code.Kind != ProcKind.Generator)
        {
            cell.Bridge = MakeBridge(cell);
            RuntimeHelpers.PrepareDelegate(cell.Bridge);
        }

        return cell;
    }

    /// <summary>Makes the code that reads arguments from the interpreter's registers and calls the code in a cell.</summary>
    private EntryBridge MakeBridge(EntryCell cell)
    {
        IlBuffer code = BridgeEmitter.Emit(cell);
        RegionData data = new() { Constants = [cell], Frames = frames };
        return (EntryBridge)MakeDelegate(code, $"lyra enter {cell.Code.Prototype.Name}", typeof(EntryBridge), data);
    }

    /// <summary>Code that runs the task of the running frame, unless the cell's code does not continue where the frame stands.</summary>
    private EntryBridge TaskBridge(EntryCell<EntryCode<GeneratorObject, Value>> cell) =>
        (ScriptContext context, Value[] _, int _, Closure _, int framesLeft, ref Value result) =>
        {
            GeneratorObject coroutine = frames.RunningCoroutine;
            coroutine.IsRunning = false;
            result = cell.Target(context, framesLeft, coroutine);
            bool isLeft = context.Regions.IsUnwinding;
            bool hasRun = isLeft || coroutine.IsDone || coroutine.Task!.State == TaskState.Pending;
            coroutine.IsRunning |= isLeft || !hasRun;
            return hasRun;
        };

    private Delegate MakeStub(LinkedPrototype code, EntrySignature signature)
    {
        Type type = EntryCodes.TypeFor(signature);
        EmittedRegion emitted = RegionEmitter.Emit(RegionBuilder.BuildStub(code, signature));
        return MakeDelegate(emitted.Code, $"lyra stub {code.Prototype.Name}", type, NewData(emitted));
    }

    private RegionData NewData(EmittedRegion emitted) => new()
    {
        Constants = emitted.Constants,
        Frames = frames,
        States = emitted.States,
        Guards = emitted.Guards,
        HostCallObjects = emitted.HostCallObjects,
        NotesCalls = emitted.Noted.Length > 0,
        IsSelfContained = emitted is { Calls: [], Interpreted: [], Noted: [], HostCallObjects: null },
        Unwinding = Unwinding,
        Stress = stress,
    };
}

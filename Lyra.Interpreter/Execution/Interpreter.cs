using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// The interpreter tier and the state of one engine's script: register stack, frame stack, globals, modules, event loop. Used by one thread at a
/// time. The partial files: the loop, calls, members, iteration, unwinding, limits, modules, runs.
/// </summary>
internal sealed partial class Interpreter : ScriptContext
{
    private const int InitialStack = 512;
    private const int InitialFrames = 32;

    private readonly InterpreterSettings _settings;
    private readonly List<GeneratorObject> _coroutines = [];
    private readonly List<TaskObject> _tasks = [];
    private readonly List<ScriptObject> _protected = [];
    private readonly EventLoop _eventLoop;
    private MemberLookup? _memberLookup;
    private HashInlineCache? _sharedCache;
    private SlabPool? _slabs;
    private Value[] _stack = new Value[InitialStack];
    private Frame[] _frames = new Frame[InitialFrames];

    /// <summary>The index of the running frame; -1 when none runs.</summary>
    private int _top = -1;

    /// <summary>
    /// From this value of <see cref="_top"/> on a call must look at the frame limit and at the size of the frame array; -1 when every call is reported.
    /// </summary>
    private int _topLimit;

    /// <summary>Builtins that are calling back now: each counts as a frame.</summary>
    private int _nativeFrames;

    /// <summary>The result of the frame whose leaving ended the loop.</summary>
    private Value _result;

    private int _nextShapeId = ScriptObject.FirstShapeTag;
    private ulong _randomState = 0x9E3779B97F4A7C15;

    public Interpreter(InterpreterSettings settings)
    {
        _settings = settings;
        MaxFrames = settings.MaxFrames;
        _eventLoop = new EventLoop(this);
        MemoryLeft = settings.MaxMemoryBytes ?? NoMemoryLimit;
        UpdateTopLimit();
    }

    /// <summary>Variables that every script of the engine sees: what the host defined and what earlier runs left.</summary>
    public Dictionary<string, GlobalVariable> Globals { get; } = [];

    /// <summary>The cache that sites fall back on; made at its first use, because most small scripts never need it.</summary>
    public HashInlineCache SharedCache => _sharedCache ??= new HashInlineCache();

    /// <summary>Rented storage for arguments; made at its first use, because most small scripts never need it.</summary>
    private SlabPool Slabs => _slabs ??= new SlabPool(_settings.SlabSlots);

    /// <summary>What the slab pool holds; null before its first use.</summary>
    public Lyra.Runtime.Memory.SlabStatistics? SlabStatistics => _slabs?.Snapshot();

    /// <inheritdoc/>
    public override MemberLookup MemberLookup => _memberLookup ??= new MemberLookup(SharedCache);

    public override HostServices Host => _settings.Host;

    public override ITaskScheduler Tasks => _eventLoop;

    public override ref ulong RandomState => ref _randomState;

    /// <summary>Frames in use now.</summary>
    public int FrameCount => _top + 1 + _nativeFrames;

    public override void Protect(ScriptObject underConstruction) => _protected.Add(underConstruction);

    public override int ProtectedCount => _protected.Count;

    public override void UnprotectTo(int count) => _protected.RemoveRange(count, _protected.Count - count);

    public override int FramesLeft() => MaxFrames - FrameCount;

    public override void Unprotect() => _protected.RemoveAt(_protected.Count - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Value Registers(int position) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_stack), position);

    /// <summary>The position in the register stack behind the running frame's registers.</summary>
    private int StackEnd()
    {
        if (_top < 0)
        {
            return 0;
        }

        ref Frame frame = ref _frames[_top];
        return frame.Base + frame.Closure.Code.RegisterCount;
    }

    /// <summary>
    /// Puts a frame on the stack; the arguments are in place from <paramref name="newBase"/> on. The caller's <see cref="Frame.Pc"/> is current.
    /// Charges the callee's straight-line cost.
    /// </summary>
    private void PushFrame(Closure callee, int newBase, int returnSlot, FrameFlags flags)
    {
        LinkedPrototype code = callee.Code;
        if (_top >= _topLimit)
        {
            GrowFrames();
        }

        if (newBase + code.RegisterCount > _stack.Length)
        {
            GrowStack(newBase + code.RegisterCount);
        }

        Charge(code.EntryCost);
        code.Heat--;
        ref Frame frame = ref _frames[++_top];
        frame.Closure = callee;
        frame.Base = newBase;
        frame.Pc = 0;
        frame.ReturnSlot = returnSlot;
        frame.Flags = flags;
        if (_reportsCalls)
        {
            ReportCall(flags);
        }
    }

    /// <summary>Makes room for another frame, or throws when the frame limit is reached.</summary>
    private void GrowFrames()
    {
        if (FrameCount >= MaxFrames)
        {
            Throw.StackOverflow(MaxFrames);
        }

        if (_top + 1 >= _frames.Length)
        {
            int size = Math.Min(_frames.Length * 2, MaxFrames + 1);
            ChargeMemory((size - _frames.Length) * (long)Unsafe.SizeOf<Frame>());
            Array.Resize(ref _frames, size);
        }

        UpdateTopLimit();
    }

    private void UpdateTopLimit() => _topLimit = _reportsCalls ? -1 : Math.Min(_frames.Length - 1, MaxFrames - _nativeFrames - 1);

    private void GrowStack(int needed)
    {
        int size = Math.Max(_stack.Length * 2, needed);
        ChargeMemory((size - _stack.Length) * 16L);
        Array.Resize(ref _stack, size);
    }
}

using System;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <content>One method per number of parameters: writes the arguments, calls the proc, reads its result. Nothing is boxed or allocated.</content>
internal sealed partial class ProcAdapter
{
#pragma warning disable IDE0051 // found by name
    private void Action0() => _caller.Call(_proc, []);

    private void Action1<T1>(T1 a1)
    {
        Arguments arguments = default;
        arguments[0] = HostWriter.Write(a1);
        _caller.Call(_proc, arguments[..1]);
    }

    private void Action2<T1, T2>(T1 a1, T2 a2)
    {
        Arguments arguments = default;
        arguments[0] = HostWriter.Write(a1);
        arguments[1] = HostWriter.Write(a2);
        _caller.Call(_proc, arguments[..2]);
    }

    private void Action3<T1, T2, T3>(T1 a1, T2 a2, T3 a3)
    {
        Arguments arguments = default;
        arguments[0] = HostWriter.Write(a1);
        arguments[1] = HostWriter.Write(a2);
        arguments[2] = HostWriter.Write(a3);
        _caller.Call(_proc, arguments[..3]);
    }

    private void Action4<T1, T2, T3, T4>(T1 a1, T2 a2, T3 a3, T4 a4)
    {
        Arguments arguments = default;
        arguments[0] = HostWriter.Write(a1);
        arguments[1] = HostWriter.Write(a2);
        arguments[2] = HostWriter.Write(a3);
        arguments[3] = HostWriter.Write(a4);
        _caller.Call(_proc, arguments[..4]);
    }

    private void Action5<T1, T2, T3, T4, T5>(T1 a1, T2 a2, T3 a3, T4 a4, T5 a5)
    {
        Arguments arguments = default;
        arguments[0] = HostWriter.Write(a1);
        arguments[1] = HostWriter.Write(a2);
        arguments[2] = HostWriter.Write(a3);
        arguments[3] = HostWriter.Write(a4);
        arguments[4] = HostWriter.Write(a5);
        _caller.Call(_proc, arguments[..5]);
    }

    private void Action6<T1, T2, T3, T4, T5, T6>(T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6)
    {
        Arguments arguments = default;
        arguments[0] = HostWriter.Write(a1);
        arguments[1] = HostWriter.Write(a2);
        arguments[2] = HostWriter.Write(a3);
        arguments[3] = HostWriter.Write(a4);
        arguments[4] = HostWriter.Write(a5);
        arguments[5] = HostWriter.Write(a6);
        _caller.Call(_proc, arguments[..6]);
    }

    private void Action7<T1, T2, T3, T4, T5, T6, T7>(T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7)
    {
        Arguments arguments = default;
        arguments[0] = HostWriter.Write(a1);
        arguments[1] = HostWriter.Write(a2);
        arguments[2] = HostWriter.Write(a3);
        arguments[3] = HostWriter.Write(a4);
        arguments[4] = HostWriter.Write(a5);
        arguments[5] = HostWriter.Write(a6);
        arguments[6] = HostWriter.Write(a7);
        _caller.Call(_proc, arguments[..7]);
    }

    private void Action8<T1, T2, T3, T4, T5, T6, T7, T8>(T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8)
    {
        Arguments arguments = default;
        arguments[0] = HostWriter.Write(a1);
        arguments[1] = HostWriter.Write(a2);
        arguments[2] = HostWriter.Write(a3);
        arguments[3] = HostWriter.Write(a4);
        arguments[4] = HostWriter.Write(a5);
        arguments[5] = HostWriter.Write(a6);
        arguments[6] = HostWriter.Write(a7);
        arguments[7] = HostWriter.Write(a8);
        _caller.Call(_proc, arguments[..8]);
    }

    private TResult Func0<TResult>() => Result<TResult>(_caller.Call(_proc, []));

    private TResult Func1<T1, TResult>(T1 a1)
    {
        Arguments arguments = default;
        arguments[0] = HostWriter.Write(a1);
        return Result<TResult>(_caller.Call(_proc, arguments[..1]));
    }

    private TResult Func2<T1, T2, TResult>(T1 a1, T2 a2)
    {
        Arguments arguments = default;
        arguments[0] = HostWriter.Write(a1);
        arguments[1] = HostWriter.Write(a2);
        return Result<TResult>(_caller.Call(_proc, arguments[..2]));
    }

    private TResult Func3<T1, T2, T3, TResult>(T1 a1, T2 a2, T3 a3)
    {
        Arguments arguments = default;
        arguments[0] = HostWriter.Write(a1);
        arguments[1] = HostWriter.Write(a2);
        arguments[2] = HostWriter.Write(a3);
        return Result<TResult>(_caller.Call(_proc, arguments[..3]));
    }

    private TResult Func4<T1, T2, T3, T4, TResult>(T1 a1, T2 a2, T3 a3, T4 a4)
    {
        Arguments arguments = default;
        arguments[0] = HostWriter.Write(a1);
        arguments[1] = HostWriter.Write(a2);
        arguments[2] = HostWriter.Write(a3);
        arguments[3] = HostWriter.Write(a4);
        return Result<TResult>(_caller.Call(_proc, arguments[..4]));
    }

    private TResult Func5<T1, T2, T3, T4, T5, TResult>(T1 a1, T2 a2, T3 a3, T4 a4, T5 a5)
    {
        Arguments arguments = default;
        arguments[0] = HostWriter.Write(a1);
        arguments[1] = HostWriter.Write(a2);
        arguments[2] = HostWriter.Write(a3);
        arguments[3] = HostWriter.Write(a4);
        arguments[4] = HostWriter.Write(a5);
        return Result<TResult>(_caller.Call(_proc, arguments[..5]));
    }

    private TResult Func6<T1, T2, T3, T4, T5, T6, TResult>(T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6)
    {
        Arguments arguments = default;
        arguments[0] = HostWriter.Write(a1);
        arguments[1] = HostWriter.Write(a2);
        arguments[2] = HostWriter.Write(a3);
        arguments[3] = HostWriter.Write(a4);
        arguments[4] = HostWriter.Write(a5);
        arguments[5] = HostWriter.Write(a6);
        return Result<TResult>(_caller.Call(_proc, arguments[..6]));
    }

    private TResult Func7<T1, T2, T3, T4, T5, T6, T7, TResult>(T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7)
    {
        Arguments arguments = default;
        arguments[0] = HostWriter.Write(a1);
        arguments[1] = HostWriter.Write(a2);
        arguments[2] = HostWriter.Write(a3);
        arguments[3] = HostWriter.Write(a4);
        arguments[4] = HostWriter.Write(a5);
        arguments[5] = HostWriter.Write(a6);
        arguments[6] = HostWriter.Write(a7);
        return Result<TResult>(_caller.Call(_proc, arguments[..7]));
    }

    private TResult Func8<T1, T2, T3, T4, T5, T6, T7, T8, TResult>(T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8)
    {
        Arguments arguments = default;
        arguments[0] = HostWriter.Write(a1);
        arguments[1] = HostWriter.Write(a2);
        arguments[2] = HostWriter.Write(a3);
        arguments[3] = HostWriter.Write(a4);
        arguments[4] = HostWriter.Write(a5);
        arguments[5] = HostWriter.Write(a6);
        arguments[6] = HostWriter.Write(a7);
        arguments[7] = HostWriter.Write(a8);
        return Result<TResult>(_caller.Call(_proc, arguments[..8]));
    }
}

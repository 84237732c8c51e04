using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <content>One handler per number of parameters: reads the arguments, calls the delegate, writes its result. Nothing is boxed.</content>
internal sealed partial class DelegateAdapter
{
#pragma warning disable IDE0051 // found by name
    private Value Action0(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        try
        {
            ((Action)_target)();
            return default;
        }
        catch (Exception e)
        {
            throw Failed(context, e);
        }
    }

    private Value Action1<T1>(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        T1 a1 = Read<T1>(context, arguments, 0);
        try
        {
            ((Action<T1>)_target)(a1);
            return default;
        }
        catch (Exception e)
        {
            throw Failed(context, e);
        }
    }

    private Value Action2<T1, T2>(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        T1 a1 = Read<T1>(context, arguments, 0);
        T2 a2 = Read<T2>(context, arguments, 1);
        try
        {
            ((Action<T1, T2>)_target)(a1, a2);
            return default;
        }
        catch (Exception e)
        {
            throw Failed(context, e);
        }
    }

    private Value Action3<T1, T2, T3>(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        T1 a1 = Read<T1>(context, arguments, 0);
        T2 a2 = Read<T2>(context, arguments, 1);
        T3 a3 = Read<T3>(context, arguments, 2);
        try
        {
            ((Action<T1, T2, T3>)_target)(a1, a2, a3);
            return default;
        }
        catch (Exception e)
        {
            throw Failed(context, e);
        }
    }

    private Value Action4<T1, T2, T3, T4>(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        T1 a1 = Read<T1>(context, arguments, 0);
        T2 a2 = Read<T2>(context, arguments, 1);
        T3 a3 = Read<T3>(context, arguments, 2);
        T4 a4 = Read<T4>(context, arguments, 3);
        try
        {
            ((Action<T1, T2, T3, T4>)_target)(a1, a2, a3, a4);
            return default;
        }
        catch (Exception e)
        {
            throw Failed(context, e);
        }
    }

    private Value Action5<T1, T2, T3, T4, T5>(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        T1 a1 = Read<T1>(context, arguments, 0);
        T2 a2 = Read<T2>(context, arguments, 1);
        T3 a3 = Read<T3>(context, arguments, 2);
        T4 a4 = Read<T4>(context, arguments, 3);
        T5 a5 = Read<T5>(context, arguments, 4);
        try
        {
            ((Action<T1, T2, T3, T4, T5>)_target)(a1, a2, a3, a4, a5);
            return default;
        }
        catch (Exception e)
        {
            throw Failed(context, e);
        }
    }

    private Value Action6<T1, T2, T3, T4, T5, T6>(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        T1 a1 = Read<T1>(context, arguments, 0);
        T2 a2 = Read<T2>(context, arguments, 1);
        T3 a3 = Read<T3>(context, arguments, 2);
        T4 a4 = Read<T4>(context, arguments, 3);
        T5 a5 = Read<T5>(context, arguments, 4);
        T6 a6 = Read<T6>(context, arguments, 5);
        try
        {
            ((Action<T1, T2, T3, T4, T5, T6>)_target)(a1, a2, a3, a4, a5, a6);
            return default;
        }
        catch (Exception e)
        {
            throw Failed(context, e);
        }
    }

    private Value Action7<T1, T2, T3, T4, T5, T6, T7>(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        T1 a1 = Read<T1>(context, arguments, 0);
        T2 a2 = Read<T2>(context, arguments, 1);
        T3 a3 = Read<T3>(context, arguments, 2);
        T4 a4 = Read<T4>(context, arguments, 3);
        T5 a5 = Read<T5>(context, arguments, 4);
        T6 a6 = Read<T6>(context, arguments, 5);
        T7 a7 = Read<T7>(context, arguments, 6);
        try
        {
            ((Action<T1, T2, T3, T4, T5, T6, T7>)_target)(a1, a2, a3, a4, a5, a6, a7);
            return default;
        }
        catch (Exception e)
        {
            throw Failed(context, e);
        }
    }

    private Value Action8<T1, T2, T3, T4, T5, T6, T7, T8>(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        T1 a1 = Read<T1>(context, arguments, 0);
        T2 a2 = Read<T2>(context, arguments, 1);
        T3 a3 = Read<T3>(context, arguments, 2);
        T4 a4 = Read<T4>(context, arguments, 3);
        T5 a5 = Read<T5>(context, arguments, 4);
        T6 a6 = Read<T6>(context, arguments, 5);
        T7 a7 = Read<T7>(context, arguments, 6);
        T8 a8 = Read<T8>(context, arguments, 7);
        try
        {
            ((Action<T1, T2, T3, T4, T5, T6, T7, T8>)_target)(a1, a2, a3, a4, a5, a6, a7, a8);
            return default;
        }
        catch (Exception e)
        {
            throw Failed(context, e);
        }
    }

    private Value Func0<TResult>(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        try
        {
            return Result(context, ((Func<TResult>)_target)());
        }
        catch (Exception e)
        {
            throw Failed(context, e);
        }
    }

    private Value Func1<T1, TResult>(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        T1 a1 = Read<T1>(context, arguments, 0);
        try
        {
            return Result(context, ((Func<T1, TResult>)_target)(a1));
        }
        catch (Exception e)
        {
            throw Failed(context, e);
        }
    }

    private Value Func2<T1, T2, TResult>(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        T1 a1 = Read<T1>(context, arguments, 0);
        T2 a2 = Read<T2>(context, arguments, 1);
        try
        {
            return Result(context, ((Func<T1, T2, TResult>)_target)(a1, a2));
        }
        catch (Exception e)
        {
            throw Failed(context, e);
        }
    }

    private Value Func3<T1, T2, T3, TResult>(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        T1 a1 = Read<T1>(context, arguments, 0);
        T2 a2 = Read<T2>(context, arguments, 1);
        T3 a3 = Read<T3>(context, arguments, 2);
        try
        {
            return Result(context, ((Func<T1, T2, T3, TResult>)_target)(a1, a2, a3));
        }
        catch (Exception e)
        {
            throw Failed(context, e);
        }
    }

    private Value Func4<T1, T2, T3, T4, TResult>(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        T1 a1 = Read<T1>(context, arguments, 0);
        T2 a2 = Read<T2>(context, arguments, 1);
        T3 a3 = Read<T3>(context, arguments, 2);
        T4 a4 = Read<T4>(context, arguments, 3);
        try
        {
            return Result(context, ((Func<T1, T2, T3, T4, TResult>)_target)(a1, a2, a3, a4));
        }
        catch (Exception e)
        {
            throw Failed(context, e);
        }
    }

    private Value Func5<T1, T2, T3, T4, T5, TResult>(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        T1 a1 = Read<T1>(context, arguments, 0);
        T2 a2 = Read<T2>(context, arguments, 1);
        T3 a3 = Read<T3>(context, arguments, 2);
        T4 a4 = Read<T4>(context, arguments, 3);
        T5 a5 = Read<T5>(context, arguments, 4);
        try
        {
            return Result(context, ((Func<T1, T2, T3, T4, T5, TResult>)_target)(a1, a2, a3, a4, a5));
        }
        catch (Exception e)
        {
            throw Failed(context, e);
        }
    }

    private Value Func6<T1, T2, T3, T4, T5, T6, TResult>(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        T1 a1 = Read<T1>(context, arguments, 0);
        T2 a2 = Read<T2>(context, arguments, 1);
        T3 a3 = Read<T3>(context, arguments, 2);
        T4 a4 = Read<T4>(context, arguments, 3);
        T5 a5 = Read<T5>(context, arguments, 4);
        T6 a6 = Read<T6>(context, arguments, 5);
        try
        {
            return Result(context, ((Func<T1, T2, T3, T4, T5, T6, TResult>)_target)(a1, a2, a3, a4, a5, a6));
        }
        catch (Exception e)
        {
            throw Failed(context, e);
        }
    }

    private Value Func7<T1, T2, T3, T4, T5, T6, T7, TResult>(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        T1 a1 = Read<T1>(context, arguments, 0);
        T2 a2 = Read<T2>(context, arguments, 1);
        T3 a3 = Read<T3>(context, arguments, 2);
        T4 a4 = Read<T4>(context, arguments, 3);
        T5 a5 = Read<T5>(context, arguments, 4);
        T6 a6 = Read<T6>(context, arguments, 5);
        T7 a7 = Read<T7>(context, arguments, 6);
        try
        {
            return Result(context, ((Func<T1, T2, T3, T4, T5, T6, T7, TResult>)_target)(a1, a2, a3, a4, a5, a6, a7));
        }
        catch (Exception e)
        {
            throw Failed(context, e);
        }
    }

    private Value Func8<T1, T2, T3, T4, T5, T6, T7, T8, TResult>(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        T1 a1 = Read<T1>(context, arguments, 0);
        T2 a2 = Read<T2>(context, arguments, 1);
        T3 a3 = Read<T3>(context, arguments, 2);
        T4 a4 = Read<T4>(context, arguments, 3);
        T5 a5 = Read<T5>(context, arguments, 4);
        T6 a6 = Read<T6>(context, arguments, 5);
        T7 a7 = Read<T7>(context, arguments, 6);
        T8 a8 = Read<T8>(context, arguments, 7);
        try
        {
            return Result(context, ((Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult>)_target)(a1, a2, a3, a4, a5, a6, a7, a8));
        }
        catch (Exception e)
        {
            throw Failed(context, e);
        }
    }
}

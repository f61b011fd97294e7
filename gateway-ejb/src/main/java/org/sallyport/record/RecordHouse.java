package org.sallyport.record;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.time.Clock;

/** Keeps the recorder's one writer at work for as long as the application runs. */
@Singleton
@Startup
@DependsOn("StoreSchema")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class RecordHouse {
    @EJB
    private Ledger ledger;

    @Resource
    private ManagedThreadFactory threads;

    private Recorder recorder;
    private Thread writer;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public RecordHouse() {}

    @PostConstruct
    void open() {
        recorder = new Recorder(ledger::write, Clock.systemUTC());
        writer = threads.newThread(recorder);
        writer.setName("sallyport-recorder");
        writer.start();
    }

    @PreDestroy
    void close() {
        recorder.close();
        writer.interrupt();
    }

    public Recorder recorder() {
        return recorder;
    }
}

package org.sallyport.export;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.sallyport.metric.MetricTally;

/** Keeps the sinks served for as long as the application runs. */
@Singleton
@Startup
@DependsOn("StoreSchema")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ExportHouse {
    private static final Logger LOG = System.getLogger(ExportHouse.class.getName());

    @EJB
    private ExportDesk desk;

    @Resource
    private ManagedThreadFactory threads;

    @Inject
    private MetricRegistry metrics;

    private List<Exporting> exportings = List.of();

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public ExportHouse() {}

    @PostConstruct
    void open() {
        MetricTally tally = new MetricTally(metrics);
        exportings =
                sinks().stream().map(sink -> new Exporting(sink, desk, tally)).toList();
        MetricTally.gauge(
                metrics,
                "sallyport.export.lag",
                "Records in the store that the sink which is furthest behind has not got",
                () -> exportings.stream().mapToLong(Exporting::lag).max().orElse(0));
        for (Exporting exporting : exportings) {
            Thread thread = threads.newThread(exporting);
            thread.setName("sallyport-export");
            thread.start();
        }
    }

    private static List<Sink> sinks() {
        try {
            List<Sink> sinks = ExportSettings.sinks(ConfigProvider.getConfig());
            sinks.forEach(sink -> LOG.log(Level.INFO, "the record is exported sink={0}", sink.name()));
            return sinks;
        } catch (IllegalArgumentException e) {
            LOG.log(Level.ERROR, "{0}", e.getMessage());
            throw e;
        }
    }

    @PreDestroy
    void close() {
        exportings.forEach(Exporting::close);
    }
}
